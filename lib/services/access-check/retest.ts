import { stepsToRetry } from '@/lib/domain/access-check/judge-check';
import { type CheckStep, checkStepSchema } from '@/lib/domain/access-check/step';
import { checkRowStateSchema } from '@/lib/domain/access-check/view';
import type { DbTransaction } from '@/lib/platform/db/client';
import { notFound } from '@/lib/services/guard';
import { lockNewestCheck } from './lock-newest';

export interface RowOfCheck {
  readonly routingId: string;
  readonly checkId: string;
  readonly step: CheckStep;
}

/**
 * Tries one row of a routing's newest check again, with what waits for it; a worker does so within a second. The caller
 * has locked the routing. Throws NOT_FOUND for a row the check does not have, PRECONDITION for a check of the past.
 */
export async function retestAccessCheckRow(tx: DbTransaction, { routingId, checkId, step }: RowOfCheck) {
  const check = await lockNewestCheck(tx, { routingId, checkId });
  const rows = (await tx.accessCheckRow.findMany({ where: { checkId } })).map((row) => ({
    step: checkStepSchema.parse(row.step),
    state: checkRowStateSchema.parse(row.state),
  }));
  if (!rows.some((row) => row.step === step)) throw notFound('row of this check');
  const kind = check.accessKind === 'role' ? 'role' : 'keys';
  const steps = stepsToRetry(step, { rows, hasTestFile: check.testFileKey !== null, kind });
  await tx.accessCheckRow.updateMany({ where: { checkId, step: { in: steps } }, data: { isDue: true } });
  await tx.accessCheck.update({ where: { id: checkId }, data: { state: 'running', nextTryAt: null } });
}
