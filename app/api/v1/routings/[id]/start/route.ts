import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { startRouting } from '@/lib/services/routing/start';

export const POST = withBearer<{ id: string }>(async ({ ctx, params }) =>
  answer(ctx, { routing: await startRouting({ ctx, input: { routingId: params.id } }) }),
);
