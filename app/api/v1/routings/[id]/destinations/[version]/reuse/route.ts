import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { reuseVersion } from '@/lib/services/destination/reuse-version';

export const POST = withBearer<{ id: string; version: string }>(async ({ ctx, params }) => {
  const input = { routingId: params.id, destinationVersion: params.version };
  return answer(ctx, { routing: await reuseVersion({ ctx, input }) });
});
