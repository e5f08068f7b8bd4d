import { asInput, readBody } from '@/app/api/v1/read-input';
import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { archiveRouting } from '@/lib/services/routing/archive';

export const POST = withBearer<{ id: string }>(async ({ ctx, request, params }) => {
  const body = await readBody(request);
  return answer(ctx, {
    routing: await archiveRouting({ ctx, input: asInput({ ...body, routingId: params.id }) }),
  });
});
