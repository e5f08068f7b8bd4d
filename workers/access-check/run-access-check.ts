import { canTry, judgeCheck, stepsOfRound } from '@/lib/domain/access-check/judge-check';
import { nextTryMs, passesByItself } from '@/lib/domain/access-check/schedule';
import { STEP_RULES } from '@/lib/domain/access-check/step';
import type { RunAccessCheck } from '@/lib/domain/jobs/run-access-check';
import type { ObjectAccess, StoreAnswer } from '@/lib/platform/object-store/object-store';
import { askForRows } from '@/lib/services/access-check/ask-for-rows';
import { type ClaimedCheck, claimAccessCheck } from '@/lib/services/access-check/claim';
import { endAccessCheck } from '@/lib/services/access-check/end';
import { type RunningRow, readCheckRows } from '@/lib/services/access-check/read-rows';
import { recordCheckRow } from '@/lib/services/access-check/record-row';
import { listSampleFiles } from '@/lib/services/sample/list-sample-files';
import type { CheckDeps } from './check-deps';
import { openCheckAccess } from './open-check-access';
import { notPassed, type StepContext, type StepResult, skipped } from './step-context';
import { STEPS } from './steps';

/** Carries a round of a check through, each row recorded as soon as it has come to something. One runner at a time. */
export async function runAccessCheck(
  deps: CheckDeps,
  { accessCheckId }: RunAccessCheck,
  signal: AbortSignal,
): Promise<void> {
  const { sql, leaseMs, workerId } = deps;
  const check = await claimAccessCheck(sql, { accessCheckId, leaseMs });
  if (check === null) return;
  if (check.isRetry) await beginRetry(deps, check);
  const context = toContext(deps, check);
  while (!signal.aborted) {
    const rows = await readCheckRows(sql, check.id);
    const due = rows.find(({ isDue }) => isDue);
    if (due !== undefined) {
      if (!(await tryRow(context, due, rows))) return;
      continue;
    }
    const state = judgeCheck(rows);
    if (await endAccessCheck(sql, check, { state, nextTryMs: nextTryOf(check, rows), workerId })) return;
    if (!(await isAskedForMore(deps, check))) return;
  }
}

async function beginRetry({ sql }: CheckDeps, check: ClaimedCheck): Promise<void> {
  const kind = check.credential.kind;
  const rows = await readCheckRows(sql, check.id);
  await askForRows(sql, check, stepsOfRound({ rows, hasTestFile: check.testFileKey !== null, kind }));
}

function toContext(deps: CheckDeps, check: ClaimedCheck): StepContext {
  const { accountId, principalArn, foundOwnerId: ownerAccountId, testFileKey } = check;
  let opened: Promise<StoreAnswer<ObjectAccess>> | undefined;
  const open = () => {
    opened ??= openCheckAccess(deps, check);
    return opened;
  };
  const testFiles = () => listSampleFiles(deps.sql, check.id);
  const facts = { accountId, principalArn, ownerAccountId, testFileKey };
  return { deps, check, open, facts, testFiles, seen: null };
}

/** False when the round is another runner's by now. */
async function tryRow(
  context: StepContext,
  { step }: RunningRow,
  rows: readonly RunningRow[],
): Promise<boolean> {
  const { deps, check } = context;
  const { sql, clock, leaseMs } = deps;
  const startMs = clock.monotonicMs();
  const isTried = canTry(step, rows);
  const result = isTried ? await carryOut(context, step) : skipped();
  const elapsedMs = isTried ? Math.round(clock.monotonicMs() - startMs) : null;
  const facts = context.facts;
  return recordCheckRow(sql, { check, step, leaseMs }, { result: { ...result, elapsedMs }, facts });
}

async function carryOut(context: StepContext, step: RunningRow['step']): Promise<StepResult> {
  try {
    return await STEPS[step](context);
  } catch (err) {
    const { id: accessCheckId, routingId } = context.check;
    context.deps.logger.error({ err, accessCheckId, routingId, step }, 'A row of an access check broke off');
    return notPassed(step, 'internal', { tried: null });
  }
}

/** A fix was copied, or nothing stands against it but what passes by itself. */
function nextTryOf(
  { sinceCopiedMs, sinceRequestedMs }: ClaimedCheck,
  rows: readonly RunningRow[],
): number | null {
  if (sinceCopiedMs !== null) return nextTryMs(sinceCopiedMs);
  const failed = rows.filter(({ step, state }) => STEP_RULES[step].isRequired && state === 'failed');
  const passes = failed.length > 0 && failed.every(({ cause }) => passesByItself(cause));
  return passes ? nextTryMs(sinceRequestedMs) : null;
}

async function isAskedForMore({ sql }: CheckDeps, check: ClaimedCheck): Promise<boolean> {
  return (await readCheckRows(sql, check.id)).some(({ isDue }) => isDue);
}
