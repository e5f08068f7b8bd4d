import type { CheckCause } from './causes';

const FAST_MS = 10_000;
const FAST_FOR_MS = 10 * 60_000;
const SLOW_MS = 60_000;
/** A fix that nobody applied within a day is no longer waited for; a person may ask again. */
export const KEEP_TRYING_FOR_MS = 24 * 60 * 60_000;

/** How long a check waits before it tries by itself again, ms, so long after a fix was copied; null: it has given up. */
export function nextTryMs(sinceCopiedMs: number): number | null {
  if (sinceCopiedMs >= KEEP_TRYING_FOR_MS) return null;
  return sinceCopiedMs < FAST_FOR_MS ? FAST_MS : SLOW_MS;
}

/** What passes without anybody's doing: a check that failed for nothing else tries again without being asked. */
const PASSING: readonly CheckCause[] = ['slow_down', 'store_trouble', 'no_answer', 'unreachable', 'internal'];

export function passesByItself(cause: string | null): boolean {
  return PASSING.some((passing) => passing === cause);
}
