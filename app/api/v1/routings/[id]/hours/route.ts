import { asInput, readQuery } from '@/app/api/v1/read-input';
import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { listHours } from '@/lib/services/hour/list-hours';

export const GET = withBearer<{ id: string }>(async ({ ctx, request, params }) =>
  answer(ctx, await listHours({ ctx, input: asInput({ ...readQuery(request), routingId: params.id }) })),
);
