import { asInput, readBody } from '@/app/api/v1/read-input';
import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { enterAccess } from '@/lib/services/credential/enter-access';

export const POST = withBearer<{ id: string }>(async ({ ctx, request, params }) => {
  const body = await readBody(request);
  return answer(ctx, await enterAccess({ ctx, input: asInput({ ...body, routingId: params.id }) }));
});
