/** Percent of its retention that the oldest undelivered line has reached when people are told. */
export const RETENTION_THRESHOLDS = [50, 80, 95] as const;
export type RetentionThreshold = (typeof RETENTION_THRESHOLDS)[number];

export interface RetentionFacts {
  /** Age of the oldest undelivered line; null when nothing is pending. */
  readonly ageMs: number | null;
  readonly retentionMs: number;
  /** What has been announced in this episode. */
  readonly announced: readonly number[];
}

export interface RetentionVerdict {
  /** Null when nothing new is to be said. */
  readonly announce: RetentionThreshold | null;
  /** Nothing is near its end any more: the next time is a new episode. */
  readonly isOver: boolean;
}

/**
 * What to announce of a routing's retention. Only the highest threshold that is reached counts: what nobody looked
 * at for a while is told once, not thrice.
 */
export function judgeRetention({ ageMs, retentionMs, announced }: RetentionFacts): RetentionVerdict {
  const reached = RETENTION_THRESHOLDS.findLast(
    (threshold) => ageMs !== null && ageMs * 100 >= retentionMs * threshold,
  );
  if (reached === undefined) return { announce: null, isOver: announced.length > 0 };
  return { announce: announced.every((threshold) => threshold < reached) ? reached : null, isOver: false };
}
