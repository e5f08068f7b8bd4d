import { readBody } from '@/app/api/v1/read-input';
import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { getRouting } from '@/lib/services/routing/get';
import { patchRouting } from '@/lib/services/routing/patch';

type Params = { id: string };

export const GET = withBearer<Params>(async ({ ctx, params }) =>
  answer(ctx, { routing: await getRouting({ ctx, input: { routingId: params.id } }) }),
);

export const PATCH = withBearer<Params>(async ({ ctx, request, params }) => {
  const input = { routingId: params.id, patch: await readBody(request) };
  return answer(ctx, await patchRouting({ ctx, input }));
});
