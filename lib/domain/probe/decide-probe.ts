import type { StoreFault } from '@/lib/domain/delivery/classify-fault';
import {
  type AttemptDecision,
  type AttemptOutcome,
  decideAfterPut,
} from '@/lib/domain/delivery/decide-attempt';
import { HOUR_MS, MINUTE_MS } from '@/lib/domain/time-units';

/** A quiet routing is probed at most so often. */
export const PROBE_EVERY_MS = HOUR_MS;
/** Up to so much is added, so that routings that fell quiet together are not probed together. */
const JITTER_MS = 10 * MINUTE_MS;
/** A fault that says nothing about access is no reason for a look at every minute. */
const UNCLEAR_MS = 5 * MINUTE_MS;

export interface ProbeContext {
  /** Probes in a row that did not go well. */
  readonly failuresBefore: number;
  /** Refusals without a reason in a row, and how long ago the first was. */
  readonly denialsBefore: number;
  readonly firstDenialAgoMs: number;
  /** In [0, 1). */
  readonly random: number;
}

export type ProbeAnswer =
  | { readonly kind: 'ok'; readonly value: { readonly etag: string; readonly versionId?: string } }
  | ({ readonly kind: 'error' } & StoreFault);

/** What a probe came to. */
export interface ProbeDecision {
  readonly outcome: AttemptOutcome;
  /** proven: the key may write · refused: as `cause` says · unclear: an answer that says nothing about access. */
  readonly kind: 'proven' | 'refused' | 'unclear';
  readonly cause: string | null;
  /** Refused for good, or a first refusal without a reason that must be confirmed. */
  readonly isCertain: boolean;
  /** The bucket keeps versions: every probe would leave one for good. */
  readonly isVersioned: boolean;
  readonly dueInMs: number;
}

/**
 * Judges a probe as delivery judges a PUT, with the same table of faults and the same pace: certain refusals at the
 * first hit, a bare 403 after three tries over 20 s. A key that is taken was checked for its right to write first.
 */
export function decideProbe(answer: ProbeAnswer, context: ProbeContext): ProbeDecision {
  const decision = decideAfterPut(answer, 0, context);
  const isVersioned = answer.kind === 'ok' && answer.value.versionId !== undefined;
  const rest = { cause: null, isCertain: false, isVersioned };
  const nextMs = PROBE_EVERY_MS + Math.floor(context.random * JITTER_MS);
  if (decision.kind === 'look') return { ...rest, kind: 'proven', outcome: 'refused', dueInMs: nextMs };
  if (decision.kind === 'delivered') return { ...rest, kind: 'proven', outcome: 'done', dueInMs: nextMs };
  const refusal = refusalOf(decision);
  if (refusal === null) return { ...rest, kind: 'unclear', outcome: decision.outcome, dueInMs: UNCLEAR_MS };
  return { ...rest, kind: 'refused', outcome: decision.outcome, ...refusal };
}

function refusalOf(decision: AttemptDecision): { cause: string; isCertain: boolean; dueInMs: number } | null {
  if (decision.kind !== 'again' || decision.access === 'fine') return null;
  const { cause, backOffMs: dueInMs } = decision;
  return { cause, isCertain: decision.access === 'blocked', dueInMs };
}
