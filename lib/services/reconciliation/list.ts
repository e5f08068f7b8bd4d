import { parseInput } from '@/lib/domain/parse-input';
import { type ListReconciliationsInput, listReconciliationsSchema } from '@/lib/domain/reconciliation/input';
import type { ReconciliationView } from '@/lib/domain/reconciliation/view';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { requireRouting } from '@/lib/services/routing/require-routing';
import { readReconciliationViews } from './read-views';

export interface ReconciliationPage {
  readonly reconciliations: readonly ReconciliationView[];
  readonly nextCursor: string | null;
}

/** A page of a routing's reconciliations of the last 30 days, newest first. Throws NOT_FOUND for a routing the actor does not see. */
export async function listReconciliations(given: {
  ctx: Ctx;
  input: ListReconciliationsInput;
}): Promise<ReconciliationPage> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.see');
  const { routingId, cursor, limit } = parseInput(listReconciliationsSchema, given.input);
  await requireRouting(ctx, routingId);
  const found = await readReconciliationViews(ctx.db, { routingId, afterId: cursor, limit: limit + 1 });
  const reconciliations = found.slice(0, limit);
  return { reconciliations, nextCursor: found.length > limit ? (reconciliations.at(-1)?.id ?? null) : null };
}
