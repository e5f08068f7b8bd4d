import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { resumeRouting } from '@/lib/services/routing/resume';

export const POST = withBearer<{ id: string }>(async ({ ctx, params }) =>
  answer(ctx, { routing: await resumeRouting({ ctx, input: { routingId: params.id } }) }),
);
