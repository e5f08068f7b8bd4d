import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { listGaps } from '@/lib/services/retention/list-gaps';

export const GET = withBearer<{ id: string }>(async ({ ctx, params }) =>
  answer(ctx, await listGaps({ ctx, input: { routingId: params.id } })),
);
