import { STATUS_CODES } from 'node:http';
import { type CheckCause, checkCause } from '@/lib/domain/access-check/causes';
import { type CheckAnswer, nameCause } from '@/lib/domain/access-check/name-cause';
import { readDenial } from '@/lib/domain/access-check/read-denial';
import { type CheckStep, STEP_RULES } from '@/lib/domain/access-check/step';
import type { InspectedFile } from '@/lib/platform/bucket-inspector/bucket-inspector';
import type { ObjectAccess, ObjectPlace, StoreAnswer } from '@/lib/platform/object-store/object-store';
import type { ClaimedCheck } from '@/lib/services/access-check/claim';
import type { RowResult } from '@/lib/services/access-check/record-row';
import type { SampleFile } from '@/lib/services/sample/build-sample-file';
import type { CheckDeps } from './check-deps';

/** Every call of a check ends by then: seven rows that hang still leave a worker free within a minute. */
export const CALL_DEADLINE_MS = 8_000;

/** One round of a check, as its steps share it. */
export interface StepContext {
  readonly deps: CheckDeps;
  readonly check: ClaimedCheck;
  /** Opened once a round; an answer when that fails. */
  readonly open: () => Promise<StoreAnswer<ObjectAccess>>;
  /** What was found out so far, of earlier rounds as well. */
  facts: {
    accountId: string | null;
    principalArn: string | null;
    ownerAccountId: string | null;
    testFileKey: string | null;
  };
  /** The test files that lie in the bucket, as they were sent; of earlier rounds as well. */
  readonly testFiles: () => Promise<readonly SampleFile[]>;
  /** The test file as HEAD saw it in this round. */
  seen: InspectedFile | null;
}

/** A row's outcome without its time. */
export type StepResult = Omit<RowResult, 'elapsedMs'>;
export type Step = (context: StepContext) => Promise<StepResult>;

const EMPTY = { cause: null, found: null, answer: null, requestId: null, facts: {} } as const;

export function passed(tried: string | null, more: Partial<StepResult> = {}): StepResult {
  return { ...EMPTY, tried, ...more, state: 'passed' };
}

export function skipped(): StepResult {
  return { ...EMPTY, tried: null, state: 'skipped' };
}

/** Not passed for a cause that the step has named itself; red only where the step is required. */
export function notPassed(
  step: CheckStep,
  cause: CheckCause,
  more: Partial<StepResult> & { readonly tried: string | null },
): StepResult {
  return { ...EMPTY, ...more, cause, state: STEP_RULES[step].isRequired ? 'failed' : 'warning' };
}

type Refusal = Extract<StoreAnswer<never>, { kind: 'error' }>;

/** Not passed for what the store answered. */
export function refused(step: CheckStep, tried: string, answer: Refusal): StepResult {
  return refusedFor(step, nameCause(step, answer), { tried, answer });
}

/** The same, where the step knows better than the answer says what stands behind it. */
export function refusedFor(
  step: CheckStep,
  cause: CheckCause,
  { tried, answer }: { readonly tried: string; readonly answer: Refusal },
): StepResult {
  const { requestId } = answer;
  const said = inWords(answer);
  const { message } = said;
  const named = readDenial(message)?.resource ?? null;
  const keyArn = named?.startsWith('arn:aws:kms:') === true ? named : null;
  // Trouble that passes says nothing about an optional row either; it is told all the same.
  const { owner } = checkCause(cause);
  const facts = keyArn === null ? {} : { keyArn };
  return notPassed(step, cause, {
    tried,
    answer: said,
    requestId,
    facts,
    found: owner === 'aws' ? 'tried again by itself' : null,
  });
}

/** An answer without a body has no code and no text of its own; the SDK then says UnknownError. */
const NOTHING_SAID = 'UnknownError';

function inWords({ httpStatus, code, message }: Refusal): CheckAnswer {
  const status = STATUS_CODES[httpStatus ?? 0]?.replaceAll(' ', '') ?? code;
  return {
    httpStatus,
    code: code === NOTHING_SAID ? status : code,
    message: message === NOTHING_SAID ? '' : message,
  };
}

export function placeOf({ endpoint, bucket }: ClaimedCheck): Omit<ObjectPlace, 'key'> {
  return { endpoint, bucket };
}

export function address({ bucket }: ClaimedCheck, key = ''): string {
  return `s3://${bucket}/${key}`;
}
