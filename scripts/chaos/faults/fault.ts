import { setTimeout as pause } from 'node:timers/promises';
import type { SeededRandom } from '@/scripts/chaos/seeded-random';
import type { Stage } from '@/scripts/chaos/stage/stage';

/** One thing that goes wrong, decided before it happens, so that a seed decides them all. */
export interface PlannedFault {
  /** What it is done to; two faults never happen to the same at once. */
  readonly target: string;
  /** For the log, behind the name of its kind. */
  readonly detail: string;
  /** Does it and undoes it; ends early once `signal` is aborted. */
  readonly run: (signal: AbortSignal) => Promise<void>;
}

export interface FaultKind {
  readonly name: string;
  readonly plan: (stage: Stage, random: SeededRandom) => PlannedFault;
}

/** Lets the fault last, or less when the time of faults is over. */
export async function last(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  try {
    await pause(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
