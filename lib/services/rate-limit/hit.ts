import type { Db } from '@/lib/platform/db/client';

export interface RateLimitRule {
  /** What is counted, for example `sign-in:address:192.0.2.1`. */
  readonly subject: string;
  readonly windowSeconds: number;
  readonly hitsMax: number;
}

export interface RateLimitAnswer {
  readonly isAllowed: boolean;
  /** In this window, after this hit. */
  readonly hitsLeft: number;
  /** Until the window ends. */
  readonly retryAfterSeconds: number;
}

/**
 * Counts one hit in the present window and says whether it is within the limit. Counted in Postgres by one
 * statement before the work is done, so parallel tries on several machines do not slip through.
 */
export async function hitRateLimit(db: Db, rule: RateLimitRule): Promise<RateLimitAnswer> {
  const rows = await db.$queryRaw<{ hits: number; remaining: number }[]>`
    INSERT INTO rate_limit AS r (subject, window_start, hits)
    VALUES (${rule.subject}, to_timestamp(
      floor(extract(epoch FROM now()) / ${rule.windowSeconds}::int) * ${rule.windowSeconds}::int), 1)
    ON CONFLICT (subject, window_start) DO UPDATE SET hits = r.hits + 1
    RETURNING hits, ceil(extract(epoch FROM window_start - now()) + ${rule.windowSeconds}::int)::int AS remaining`;
  const row = rows[0];
  if (row === undefined) throw new Error('A counted hit must answer with its row');
  if (row.hits === 1) await forgetOldWindows(db);
  return {
    isAllowed: row.hits <= rule.hitsMax,
    hitsLeft: Math.max(0, rule.hitsMax - row.hits),
    retryAfterSeconds: Math.max(1, row.remaining),
  };
}

/** Forgets the hits of a subject, for example after a sign-in that succeeded. */
export async function clearRateLimit(db: Db, subject: string): Promise<void> {
  await db.rateLimit.deleteMany({ where: { subject } });
}

async function forgetOldWindows(db: Db): Promise<void> {
  await db.$executeRaw`DELETE FROM rate_limit WHERE window_start < now() - interval '1 day'`;
}
