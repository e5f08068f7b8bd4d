import type { RoutingLabel } from './label';

/** What says how far a routing on its way from one state to another has come. */
export interface ProgressFacts {
  /** A refused first file is no longer starting: it shows as blocked or failing. */
  readonly label: RoutingLabel;
  readonly stateSince: Date;
  readonly promiseSeconds: number;
  /** Receipt of the oldest undelivered line; null when nothing is pending. */
  readonly pendingSince: Date | null;
  /** When the last PUT that may still be in flight has been given up; null when none is. */
  readonly inFlightUntil: Date | null;
  readonly lastFileAt: Date | null;
  /** Of a routing that drains: when what is left becomes a gap; null for any other. */
  readonly drainUntil: Date | null;
  /** Nothing stands in the way that only the customer or AWS can end. */
  readonly isOurMove: boolean;
}

/** How long a writer may take to answer, over what a PUT in flight may take. */
const ANSWER_MS = 15_000;
/** An access check is a handful of calls with deadlines of their own. */
const CHECK_MS = 120_000;

/**
 * When a transitional state should have ended; null where it may take for ever: a start without an event.
 * Pausing waits for PUTs in flight, each with its own deadline; a PUT whose worker died is closed some ten seconds
 * after that. Starting and draining owe a file within the promise, counted from the last step forward; and draining
 * has a deadline of its own, after which no PUT begins; until then it may wait for access.
 */
const DEADLINES: Partial<Record<RoutingLabel, (facts: ProgressFacts) => number | null>> = {
  verifying: ({ stateSince }) => stateSince.getTime() + CHECK_MS,
  starting: (facts) => (facts.pendingSince === null ? null : stepMs(facts) + facts.promiseSeconds * 1_000),
  pausing: ({ stateSince, inFlightUntil }) => latestMs(stateSince, inFlightUntil) + ANSWER_MS,
  resuming: ({ stateSince }) => stateSince.getTime() + ANSWER_MS,
  draining: (facts) => (facts.isOurMove ? Math.min(owedMs(facts), endMs(facts)) : endMs(facts)),
};

function owedMs(facts: ProgressFacts): number {
  return stepMs(facts) + (facts.pendingSince === null ? ANSWER_MS : facts.promiseSeconds * 1_000);
}

/** When a draining routing is disabled at the latest. */
function endMs({ drainUntil, inFlightUntil }: ProgressFacts): number {
  if (drainUntil === null) return Number.POSITIVE_INFINITY;
  return latestMs(drainUntil, inFlightUntil) + ANSWER_MS;
}

/** Since when a transitional state has been past its deadline, or null: it is on time, or no such state. */
export function stuckSince(facts: ProgressFacts, now: Date): Date | null {
  const deadlineMs = DEADLINES[facts.label]?.(facts) ?? null;
  return deadlineMs === null || deadlineMs >= now.getTime() ? null : new Date(deadlineMs);
}

/** The last step forward: the state itself, the event that is owed, or a file. */
function stepMs({ stateSince, pendingSince, lastFileAt }: ProgressFacts): number {
  return latestMs(stateSince, pendingSince, lastFileAt);
}

function latestMs(...instants: readonly (Date | null)[]): number {
  return Math.max(...instants.map((instant) => instant?.getTime() ?? 0));
}
