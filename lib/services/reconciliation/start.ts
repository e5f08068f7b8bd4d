import { randomUUID } from 'node:crypto';
import { actorRef } from '@/lib/domain/access/actor';
import { AppError, invariant } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import {
  DEFAULT_HOURS,
  type StartReconciliationInput,
  startReconciliationSchema,
} from '@/lib/domain/reconciliation/input';
import { comparisonRefusal } from '@/lib/domain/reconciliation/refusal';
import type { ReconciliationView } from '@/lib/domain/reconciliation/view';
import { HOUR_MS } from '@/lib/domain/time-units';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { lockRouting } from '@/lib/services/routing/lock';
import { readReconciliationViews } from './read-views';

/**
 * Begins to hold what was delivered against the bucket and the log; a worker takes it up within seconds. Throws
 * FORBIDDEN, VALIDATION, NOT_FOUND, PRECONDITION for a routing that was never started or is archived, CONFLICT while one
 * is running.
 */
export async function startReconciliation(given: {
  ctx: Ctx;
  input: StartReconciliationInput;
}): Promise<ReconciliationView> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.reconcile');
  const { routingId, ...range } = parseInput(startReconciliationSchema, given.input);
  return withTransaction(ctx.db, async (tx) => {
    const routing = await lockRouting(tx, ctx, routingId);
    const refusal = comparisonRefusal(routing);
    if (refusal !== null) throw new AppError('PRECONDITION', refusal);
    const running = await tx.reconciliation.findFirst({ where: { routingId, state: 'running' } });
    if (running !== null)
      throw new AppError('CONFLICT', 'A comparison of this routing is running. Wait until it is done.');
    const { from, to } = toHours(range);
    const id = randomUUID();
    await tx.$executeRaw`
      SELECT delivery.open_reconciliation(${id}::uuid, ${routingId}::uuid, ${from}::timestamptz, ${to}::timestamptz,
        ${actorRef(ctx.actor)})`;
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId: routing.organizationId,
      action: 'routing.reconcile',
      target: `routing:${routingId}`,
      detail: { reconciliationId: id, from: from.toISOString(), to: to.toISOString() },
    });
    const [view] = await readReconciliationViews(tx, { routingId, reconciliationId: id, limit: 1 });
    invariant(view, 'a reconciliation just begun can be read');
    return view;
  });
}

/** The last seven days with the present hour, unless a range was given. */
function toHours(range: { from?: string | undefined; to?: string | undefined }): { from: Date; to: Date } {
  const to =
    range.to === undefined ? Math.floor(Date.now() / HOUR_MS) * HOUR_MS + HOUR_MS : Date.parse(range.to);
  const from = range.from === undefined ? to - DEFAULT_HOURS * HOUR_MS : Date.parse(range.from);
  return { from: new Date(from), to: new Date(to) };
}
