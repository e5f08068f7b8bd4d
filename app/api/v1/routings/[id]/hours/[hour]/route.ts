import { asInput, readQuery } from '@/app/api/v1/read-input';
import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { readReceipt } from '@/lib/services/hour/read-receipt';

type Params = { id: string; hour: string };

export const GET = withBearer<Params>(async ({ ctx, request, params: { id: routingId, hour } }) => {
  const input = asInput<Parameters<typeof readReceipt>[0]['input']>({
    ...readQuery(request),
    routingId,
    hour,
  });
  return answer(ctx, { receipt: await readReceipt({ ctx, input }) });
});
