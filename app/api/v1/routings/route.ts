import { asInput, readBody, readQuery } from '@/app/api/v1/read-input';
import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { createRouting } from '@/lib/services/routing/create';
import { listRoutings } from '@/lib/services/routing/list';

export const GET = withBearer(async ({ ctx, request }) =>
  answer(ctx, await listRoutings({ ctx, input: asInput(readQuery(request)) })),
);

export const POST = withBearer(async ({ ctx, request }) => {
  const saved = await createRouting({ ctx, input: asInput(await readBody(request)) });
  const headers = { location: `/api/v1/routings/${saved.routing.id}` };
  return answer(ctx, saved, { status: 201, headers });
});
