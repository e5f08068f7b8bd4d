import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { dropCandidate } from '@/lib/services/destination/drop-candidate';

export const POST = withBearer<{ id: string; version: string }>(async ({ ctx, params }) => {
  const input = { routingId: params.id, destinationVersion: params.version };
  return answer(ctx, { routing: await dropCandidate({ ctx, input }) });
});
