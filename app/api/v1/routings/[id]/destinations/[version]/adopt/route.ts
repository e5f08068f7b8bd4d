import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { adoptCandidate } from '@/lib/services/destination/adopt-candidate';

export const POST = withBearer<{ id: string; version: string }>(async ({ ctx, params }) => {
  const input = { routingId: params.id, destinationVersion: params.version };
  return answer(ctx, { routing: await adoptCandidate({ ctx, input }) });
});
