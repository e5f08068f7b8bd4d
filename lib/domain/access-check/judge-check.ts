import { type AccessKind, type CheckStep, STEP_RULES, stepsFor } from './step';
import type { CheckRowState, CheckState } from './view';

export interface JudgedRow {
  readonly step: CheckStep;
  readonly state: CheckRowState;
}

/** What a check comes to once nothing of it is awaited any more: every required row has to pass. */
export function judgeCheck(rows: readonly JudgedRow[]): Extract<CheckState, 'passed' | 'failed'> {
  const isGreen = rows.every(({ step, state }) => !STEP_RULES[step].isRequired || state === 'passed');
  return isGreen ? 'passed' : 'failed';
}

/** Whether a step is worth trying: all that it needs has passed. Rows that the check does not have are no obstacle. */
export function canTry(step: CheckStep, rows: readonly JudgedRow[]): boolean {
  return STEP_RULES[step].needs.every((needed) => {
    const row = rows.find((one) => one.step === needed);
    return row === undefined || row.state === 'passed';
  });
}

const LOOK_AT_THE_FILE: readonly CheckStep[] = [
  'owner',
  'same_key',
  'read',
  'encryption',
  'read_back',
  'not_public',
  'clean_up',
];

/**
 * What another try takes along: the row itself, what did not pass among the rows that need it, and, once the test file
 * has been removed, a new test file for those that look at it.
 */
export function stepsToRetry(
  step: CheckStep,
  facts: { readonly rows: readonly JudgedRow[]; readonly hasTestFile: boolean; readonly kind: AccessKind },
): CheckStep[] {
  const stateOf = new Map(facts.rows.map((row) => [row.step, row.state]));
  const wanted = new Set<CheckStep>([step]);
  if (LOOK_AT_THE_FILE.includes(step) && !facts.hasTestFile) wanted.add('write').add('clean_up');
  for (const next of stepsFor(facts.kind)) {
    const follows = STEP_RULES[next].needs.some((needed) => wanted.has(needed));
    if (follows && stateOf.get(next) !== 'passed') wanted.add(next);
    // A new test file is looked at by whoever has not passed, and removed.
    if (next === 'clean_up' && wanted.has('write')) wanted.add(next);
  }
  return stepsFor(facts.kind).filter((one) => wanted.has(one));
}

/** What a check that failed tries again by itself: every required row that did not pass, with what follows from it. */
export function stepsOfRound(facts: {
  readonly rows: readonly JudgedRow[];
  readonly hasTestFile: boolean;
  readonly kind: AccessKind;
}): CheckStep[] {
  const open = facts.rows.filter(({ step, state }) => STEP_RULES[step].isRequired && state !== 'passed');
  const wanted = new Set(open.flatMap(({ step }) => stepsToRetry(step, facts)));
  return stepsFor(facts.kind).filter((step) => wanted.has(step));
}
