import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { pauseRouting } from '@/lib/services/routing/pause';

export const POST = withBearer<{ id: string }>(async ({ ctx, params }) =>
  answer(ctx, { routing: await pauseRouting({ ctx, input: { routingId: params.id } }) }),
);
