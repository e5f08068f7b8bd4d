import { asInput, readBody } from '@/app/api/v1/read-input';
import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { setRetention } from '@/lib/services/routing/set-retention';

export const PATCH = withBearer<{ id: string }>(async ({ ctx, request, params }) => {
  const body = await readBody(request);
  return answer(ctx, {
    routing: await setRetention({ ctx, input: asInput({ ...body, routingId: params.id }) }),
  });
});
