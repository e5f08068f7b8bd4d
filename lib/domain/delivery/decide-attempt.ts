import { backOffMs, type Pace } from './back-off';
import { classifyFault, type StoreFault } from './classify-fault';
import { type FileIdentity, isOwnObject } from './object-metadata';

/** How an attempt ends: the object is there, S3 said no, or nobody knows. */
export type AttemptOutcome = 'done' | 'refused' | 'unknown';

/** What becomes of a file after an attempt. */
export type AttemptDecision =
  | {
      readonly kind: 'delivered';
      readonly how: 'put' | 'own_earlier_write';
      readonly outcome: AttemptOutcome;
      readonly etag: string | null;
      readonly gzipBytes: number;
    }
  /** A stranger's object lies under our key: never overwritten, never skipped. */
  | { readonly kind: 'conflict'; readonly outcome: AttemptOutcome }
  /** The same key and bytes again, after a while. */
  | {
      readonly kind: 'again';
      readonly outcome: AttemptOutcome;
      readonly backOffMs: number;
      readonly access: 'fine' | 'doubted' | 'blocked';
      readonly cause: string;
    }
  | { readonly kind: 'hold'; readonly outcome: AttemptOutcome; readonly cause: string };

/** What deciding needs to know besides the answer. */
export interface AttemptContext {
  /** Tries in a row that failed on this lane before this one. */
  readonly failuresBefore: number;
  /** Bare refusals in a row before this one, and how long ago the first was. */
  readonly denialsBefore: number;
  readonly firstDenialAgoMs: number;
  /** In [0, 1). */
  readonly random: number;
}

const DENIALS_TO_CONFIRM = 3;
const DENIED_FOR_MS = 20_000;
/** After so many failures in a row, bytes that arrive wrong are no accident of the wire. */
const GARBLED_TO_HOLD = 5;
/** As long as a back-off becomes by itself. */
const RETRY_AFTER_MAX_MS = 120_000;

/** The answer to a PUT, or `look`: the key is taken and HEAD must say by whom. */
export function decideAfterPut(
  answer:
    | { readonly kind: 'ok'; readonly value: { readonly etag: string } }
    | ({ kind: 'error' } & StoreFault),
  gzipBytes: number,
  context: AttemptContext,
): AttemptDecision | { readonly kind: 'look' } {
  if (answer.kind === 'ok') {
    return { kind: 'delivered', how: 'put', outcome: 'done', etag: answer.value.etag, gzipBytes };
  }
  const fault = classifyFault(answer);
  return fault.kind === 'exists' ? { kind: 'look' } : decideFault(answer, outcomeOf(answer), context);
}

/** The answer to the HEAD that follows a 412. The attempt itself was refused whatever HEAD says. */
export function decideAfterHead(
  answer:
    | {
        readonly kind: 'ok';
        readonly value: {
          readonly lengthBytes: number;
          readonly metadata: Readonly<Record<string, string>>;
          readonly etag: string | null;
        };
      }
    | ({ kind: 'error' } & StoreFault),
  file: FileIdentity,
  context: AttemptContext,
): AttemptDecision {
  if (answer.kind === 'ok') {
    const { lengthBytes, metadata, etag } = answer.value;
    if (!isOwnObject({ lengthBytes, metadata }, file)) return { kind: 'conflict', outcome: 'refused' };
    return { kind: 'delivered', how: 'own_earlier_write', outcome: 'refused', etag, gzipBytes: lengthBytes };
  }
  if (answer.httpStatus === 403 && classifyFault(answer).kind === 'denied') {
    return again('probe', 'blocked', 'read_denied', context);
  }
  // Gone again, or not to be learnt: neither "ours" nor "a stranger's". Ask again.
  if (answer.httpStatus === 404) return again('quick', 'fine', 'head_found_nothing', context);
  return decideFault(answer, 'refused', context);
}

/** What follows from a refusal or from trouble, wherever it came from. */
export function decideFault(
  answer: StoreFault,
  outcome: AttemptOutcome,
  context: AttemptContext,
): AttemptDecision {
  const fault = classifyFault(answer);
  switch (fault.kind) {
    case 'exists':
      return again('quick', 'fine', answer.code, context);
    case 'retry':
      return notBefore({ ...again(fault.pace, 'fine', answer.code, context), outcome }, answer);
    case 'garbled':
      return context.failuresBefore + 1 >= GARBLED_TO_HOLD
        ? { kind: 'hold', outcome, cause: fault.cause }
        : { ...again('quick', 'fine', answer.code, context), outcome };
    case 'clock':
      return { ...again('quick', 'fine', 'clock_skew', context), outcome };
    case 'blocked':
      return { ...again('probe', 'blocked', fault.cause, context), outcome };
    case 'denied':
      return { ...decideDenial(context), outcome };
    case 'hold':
      return { kind: 'hold', outcome, cause: fault.cause };
  }
}

/** No sooner than the store asks for, within a bound: it must not make us forget a lane. */
function notBefore(
  decision: Extract<AttemptDecision, { kind: 'again' }>,
  { retryAfterMs = 0 }: StoreFault,
): AttemptDecision {
  return { ...decision, backOffMs: Math.max(decision.backOffMs, Math.min(retryAfterMs, RETRY_AFTER_MAX_MS)) };
}

function decideDenial(context: AttemptContext): AttemptDecision {
  const isConfirmed =
    context.denialsBefore + 1 >= DENIALS_TO_CONFIRM && context.firstDenialAgoMs >= DENIED_FOR_MS;
  return isConfirmed
    ? again('probe', 'blocked', 'access_denied', context)
    : again('confirm', 'doubted', 'access_denied_unconfirmed', context);
}

function again(
  pace: Pace,
  access: 'fine' | 'doubted' | 'blocked',
  cause: string,
  context: AttemptContext,
): Extract<AttemptDecision, { kind: 'again' }> {
  return {
    kind: 'again',
    outcome: 'refused',
    backOffMs: backOffMs(pace, context.failuresBefore, context.random),
    access,
    cause,
  };
}

/** Only an answer of the 300s and 400s says surely that nothing was written. */
function outcomeOf({ httpStatus, code }: StoreFault): AttemptOutcome {
  const isRefusal = httpStatus !== null && httpStatus >= 300 && httpStatus < 500;
  return isRefusal && code !== 'RequestTimeout' ? 'refused' : 'unknown';
}
