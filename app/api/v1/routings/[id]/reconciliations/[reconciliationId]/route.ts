import { asInput, readQuery } from '@/app/api/v1/read-input';
import { answer, withBearer } from '@/app/api/v1/with-bearer';
import { readReconciliation } from '@/lib/services/reconciliation/read';

type Params = { id: string; reconciliationId: string };

export const GET = withBearer<Params>(async ({ ctx, request, params }) => {
  const { id: routingId, reconciliationId } = params;
  const input = asInput<Parameters<typeof readReconciliation>[0]['input']>({
    ...readQuery(request),
    routingId,
    reconciliationId,
  });
  return answer(ctx, await readReconciliation({ ctx, input }));
});
