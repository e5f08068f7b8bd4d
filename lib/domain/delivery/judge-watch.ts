import { isFailingShare, type RecentTries } from './failing-share';
import { isHoldCause } from './hold-cause';
import type { RoutingHealth } from './next-health';

/** What one look at a routing shows. */
export interface WatchFacts extends RoutingHealth {
  readonly isActive: boolean;
  /** The oldest undelivered line is older than the promise. */
  readonly isOverPromise: boolean;
  /** For how long looks have found it so, ms; null when the last one did not. */
  readonly overPromiseForMs: number | null;
  /** Looks in a row that found a late routing within its promise again. */
  readonly cleanLooks: number;
  readonly hasPending: boolean;
  /** No event was accepted for it for a quarter of an hour. */
  readonly isQuiet: boolean;
  /** A lane stands still until a person has looked. */
  readonly isHeld: boolean;
  /** A lane's last try failed. */
  readonly isFailing: boolean;
  /** Read while it is failing; else zeros. */
  readonly tries: RecentTries;
  /** Why it is late, if it is: the dominant cause of the last minutes. */
  readonly lateCause: string;
}

/** The routing's health after the look, and what the next look has to know. */
export interface WatchVerdict extends RoutingHealth {
  readonly isOverPromise: boolean;
  readonly cleanLooks: number;
}

/** Freshness over the promise for so long without a pause is late. */
export const LATE_AFTER_MS = 120_000;
/** So many looks in a row within the promise end it. */
export const CLEAN_LOOKS_TO_CLEAR = 3;

/**
 * Judges freshness: late and idle come and go here, blocked and failing are delivery's news and are left alone. Two
 * exceptions, of which delivery has no news: a hold over what a lane has passed without delivering it, and a failing
 * share that has left the window of five minutes.
 */
export function judgeWatch(facts: WatchFacts): WatchVerdict {
  const isHoldGone = isHoldOver(facts);
  if (!facts.isActive) return judgeAtRest(facts, isHoldGone);
  const track = trackPromise(facts);
  const isRefused = facts.health === 'blocked' || (facts.health === 'failing' && !isFailingOver(facts));
  if (isRefused && !isHoldGone) return { health: facts.health, cause: facts.cause, ...track };
  if (isLate(facts, track)) return { health: 'late', cause: lateCause(facts), ...track };
  return { health: onTimeHealth(facts), cause: null, ...track };
}

/** What was held is passed: at once where its chunks are gone, else when nothing is left that could be refused again. */
function isHoldOver({ health, cause, isHeld, isFailing, hasPending }: WatchFacts): boolean {
  if (health !== 'blocked' || cause === null || isHeld) return false;
  return cause === 'chunk_missing' || (isHoldCause(cause) && !isFailing && !hasPending);
}

/** Nothing fails any more, and either something went well or nothing is left to try. */
function isFailingOver({ isHeld, isFailing, tries, hasPending }: WatchFacts): boolean {
  if (isHeld || isFailing || isFailingShare(tries, true)) return false;
  return tries.ended > tries.failed || !hasPending;
}

/** What does not run is not late, and begins the count anew when it runs again. */
function judgeAtRest({ health, cause }: WatchFacts, isHoldGone: boolean): WatchVerdict {
  const track = { isOverPromise: false, cleanLooks: 0 };
  if (isHoldGone) return { health: 'unknown', cause: null, ...track };
  return health === 'late' ? { health: 'healthy', cause: null, ...track } : { health, cause, ...track };
}

/** Of a routing that is not late yet one clean look begins the count anew; of a late one it takes three. */
function trackPromise(facts: WatchFacts): Pick<WatchVerdict, 'isOverPromise' | 'cleanLooks'> {
  if (facts.isOverPromise) return { isOverPromise: true, cleanLooks: 0 };
  const cleanLooks = facts.cleanLooks + 1;
  const isClearing =
    facts.health === 'late' && facts.overPromiseForMs !== null && cleanLooks < CLEAN_LOOKS_TO_CLEAR;
  return isClearing ? { isOverPromise: true, cleanLooks } : { isOverPromise: false, cleanLooks: 0 };
}

function isLate(facts: WatchFacts, track: Pick<WatchVerdict, 'isOverPromise'>): boolean {
  if (!track.isOverPromise) return false;
  return facts.health === 'late' || (facts.overPromiseForMs ?? 0) >= LATE_AFTER_MS;
}

/** While it clears, the cause stays the one for which it was late. */
function lateCause(facts: WatchFacts): string {
  return facts.isOverPromise ? facts.lateCause : (facts.cause ?? facts.lateCause);
}

/** What waits within the promise leaves the health as it was: the next confirmed PUT says more than a look. */
function onTimeHealth({ health, hasPending, isQuiet }: WatchFacts): 'healthy' | 'idle' | 'unknown' {
  if (!hasPending) return isQuiet || health === 'idle' ? 'idle' : 'healthy';
  return health === 'idle' || health === 'unknown' ? health : 'healthy';
}
