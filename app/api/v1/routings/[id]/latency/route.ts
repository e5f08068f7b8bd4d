import { asInput, readQuery } from '@/app/api/v1/read-input';
import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { readLatency } from '@/lib/services/latency/read-latency';

export const GET = withBearer<{ id: string }>(async ({ ctx, request, params }) =>
  answer(ctx, await readLatency({ ctx, input: asInput({ ...readQuery(request), routingId: params.id }) })),
);
