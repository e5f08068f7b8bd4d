import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { listDestinationVersions } from '@/lib/services/destination/list-versions';

export const GET = withBearer<{ id: string }>(async ({ ctx, params }) =>
  answer(ctx, await listDestinationVersions({ ctx, input: { routingId: params.id } })),
);
