import { asInput, readBody } from '@/app/api/v1/read-input';
import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { listHeldCuts } from '@/lib/services/delivery/list-held-cuts';
import { releaseHeldCut } from '@/lib/services/delivery/release-held-cut';

type Params = { id: string };

export const GET = withBearer<Params>(async ({ ctx, params }) =>
  answer(ctx, await listHeldCuts({ ctx, input: { routingId: params.id } })),
);

export const POST = withBearer<Params>(async ({ ctx, request, params }) => {
  const body = await readBody(request);
  return answer(ctx, await releaseHeldCut({ ctx, input: asInput({ ...body, routingId: params.id }) }));
});
