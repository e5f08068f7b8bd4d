import type { LastReconciliation } from '@/components/reconciliation/reconciliation-section';
import type { Ctx } from '@/lib/services/context';
import { listReconciliations } from '@/lib/services/reconciliation/list';
import { readReconciliation } from '@/lib/services/reconciliation/read';

/** The newest comparison with the first of its findings; null without one in the last 30 days. */
export async function readLastReconciliation(
  ctx: Ctx,
  routingId: string,
): Promise<LastReconciliation | null> {
  const { reconciliations } = await listReconciliations({ ctx, input: { routingId, limit: 1 } });
  const [last] = reconciliations;
  if (last === undefined || last.found === 0)
    return last === undefined ? null : { reconciliation: last, findings: [] };
  return readReconciliation({ ctx, input: { routingId, reconciliationId: last.id, limit: 50 } });
}
