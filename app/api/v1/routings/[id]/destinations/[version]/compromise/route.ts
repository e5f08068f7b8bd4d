import { asInput, readBody } from '@/app/api/v1/read-input';
import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { markCompromised } from '@/lib/services/credential/mark-compromised';

export const POST = withBearer<{ id: string; version: string }>(async ({ ctx, request, params }) => {
  const body = await readBody(request);
  const named = { ...body, routingId: params.id, destinationVersion: params.version };
  return answer(ctx, { routing: await markCompromised({ ctx, input: asInput(named) }) });
});
