import { HOUR_MS } from '@/lib/domain/time-units';
import type { HourState } from './view';

/** What decides the state of an hour. Rows; instants and lengths in ms. */
export interface HourFacts {
  /** Null when the log does not say, or when the routing did not carry the type then. */
  readonly accepted: number | null;
  /** The same as the chunks of the log have it; null when it is not known. */
  readonly chunkRows: number | null;
  readonly delivered: number;
  readonly pending: number;
  readonly setAside: number;
  readonly gap: number;
  /** Longest time from receipt to visible file; null without files. */
  readonly latencyMaxMs: number | null;
  readonly hourMs: number;
}

/** What the routing and its stream say at the moment of the look. */
export interface HourContext {
  readonly nowMs: number;
  /** Hours that end at or before it take no event any more. */
  readonly closedThroughMs: number;
  readonly promiseMs: number;
  /** Whether people have paused the routing. */
  readonly isPaused: boolean;
}

/**
 * Whether accepted = delivered + pending + set aside + gap, and as much as the chunks of the log hold; null when
 * accepted is not known.
 */
export function isReceiptBalanced(facts: Omit<HourFacts, 'latencyMaxMs' | 'hourMs'>): boolean | null {
  if (facts.accepted === null) return null;
  const { accepted, chunkRows } = facts;
  return missingRows(facts) === 0 && (chunkRows === null || chunkRows === accepted);
}

/** Accepted rows that are nowhere; negative for rows that nobody accepted. 0 while accepted is not known. */
export function missingRows(
  facts: Pick<HourFacts, 'accepted' | 'delivered' | 'pending' | 'setAside' | 'gap'>,
): number {
  if (facts.accepted === null) return 0;
  return facts.accepted - facts.delivered - facts.pending - facts.setAside - facts.gap;
}

/**
 * The one state of an hour, the gravest first. An hour whose events may still arrive within the promise is open:
 * nothing of it is missing yet.
 */
export function hourState(facts: HourFacts, context: HourContext): HourState {
  const { accepted, pending, gap, latencyMaxMs } = facts;
  const endMs = facts.hourMs + HOUR_MS;
  if (accepted === null || facts.hourMs > context.nowMs) return 'unknown';
  if (gap > 0) return 'gap';
  if (context.closedThroughMs < endMs) return 'open';
  if (pending > 0 && context.isPaused) return 'held';
  if (pending > 0 && context.nowMs < endMs + context.promiseMs) return 'open';
  if (pending > 0 || isReceiptBalanced(facts) === false) return 'missing';
  if (accepted === 0) return 'quiet';
  return latencyMaxMs !== null && latencyMaxMs > context.promiseMs ? 'late' : 'complete';
}
