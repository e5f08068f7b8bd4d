import { backOffMs } from '@/lib/domain/delivery/back-off';
import type { Wait } from '@/lib/domain/delivery/wait-for';
import type { RunReconciliation } from '@/lib/domain/jobs/run-reconciliation';
import {
  type ClaimedReconciliation,
  claimReconciliation,
  leaveReconciliation,
} from '@/lib/services/reconciliation/claim';
import { compareLedger } from '@/lib/services/reconciliation/compare-ledger';
import { compareLog } from '@/lib/services/reconciliation/compare-log';
import { backOffReconciliation, finishReconciliation } from '@/lib/services/reconciliation/end';
import { nextReconciliationStep, type ReconciliationStep } from '@/lib/services/reconciliation/next-step';
import { type PageRecord, recordPage } from '@/lib/services/reconciliation/record-page';
import { compareBucket } from './compare-bucket';
import type { ReconciliationDeps } from './reconciliation-deps';

/** After so long the next one has its turn. */
const TURN_MS = 5_000;

/**
 * Carries a reconciliation on, page by page, each recorded when it is done: whoever comes after a crash goes on behind
 * the last one. True when there is more to do and nothing to wait for.
 */
export async function runReconciliation(
  deps: ReconciliationDeps,
  { reconciliationId }: RunReconciliation,
  signal: AbortSignal,
): Promise<boolean> {
  const { sql, clock } = deps;
  const run = await claimReconciliation(sql, reconciliationId, deps.leaseMs);
  if (run === null) return false;
  const endMs = clock.monotonicMs() + TURN_MS;
  try {
    while (!signal.aborted && clock.monotonicMs() < endMs) {
      const step = await nextReconciliationStep(sql, run.id);
      if (step === null) {
        await finishReconciliation(sql, run.id);
        return false;
      }
      if (!(await lookAt(deps, run, step))) return false;
    }
  } catch (err) {
    deps.logger.error({ err, reconciliationId, routingId: run.routingId }, 'A reconciliation broke off');
    await wait(deps, run, { cause: 'internal', pace: 'slow_down' });
    return false;
  }
  await leaveReconciliation(sql, run.id);
  return !signal.aborted;
}

/** One page; false when the reconciliation has to wait, or another worker is ahead. */
async function lookAt(
  deps: ReconciliationDeps,
  run: ClaimedReconciliation,
  step: ReconciliationStep,
): Promise<boolean> {
  const page = await compare(deps, run, step);
  if ('pace' in page) {
    await wait(deps, run, page);
    return false;
  }
  return recordPage(deps.sql, { id: run.id, step, leaseMs: deps.leaseMs }, page);
}

function compare(
  deps: ReconciliationDeps,
  run: ClaimedReconciliation,
  step: ReconciliationStep,
): Promise<PageRecord | Wait> {
  switch (step.kind) {
    case 'log':
      return compareLog(deps.sql, run, step);
    case 'ledger':
      return compareLedger(deps.sql, run, step);
    case 'bucket':
      return compareBucket(deps, run, step);
  }
}

async function wait(
  deps: ReconciliationDeps,
  run: ClaimedReconciliation,
  { cause, pace }: Wait,
): Promise<void> {
  const ms = backOffMs(pace, run.failures, deps.random());
  await backOffReconciliation(deps.sql, run.id, { cause, backOffMs: ms });
  deps.logger.warn(
    { reconciliationId: run.id, routingId: run.routingId, cause },
    'A reconciliation has to wait',
  );
}
