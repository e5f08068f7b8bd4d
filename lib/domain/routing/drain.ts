/** How old the oldest undelivered line is now, and how old it was a while ago. */
interface DrainFacts {
  readonly ageMs: number;
  readonly ageBeforeMs: number;
  readonly beforeAgoMs: number;
}

/** Two readings closer to each other say nothing about a pace. */
const APART_MS = 20_000;
/** A backlog that grows younger more slowly than this (ms per ms) is not said to drain. */
const PACE_MIN = 0.05;
const DRAIN_MS_MAX = 86_400_000;

/** How long a backlog takes to drain at the pace of the two readings, arrivals included; null where nobody can say. */
export function drainMs({ ageMs, ageBeforeMs, beforeAgoMs }: DrainFacts): number | null {
  if (beforeAgoMs < APART_MS) return null;
  const pace = (ageBeforeMs - ageMs) / beforeAgoMs;
  if (pace < PACE_MIN) return null;
  const ms = Math.round(ageMs / pace);
  return ms > DRAIN_MS_MAX ? null : ms;
}
