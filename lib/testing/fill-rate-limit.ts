import type { Sql } from '@/lib/platform/sql';

const FILL = `INSERT INTO rate_limit (subject, window_start, hits)
  SELECT $1, to_timestamp(floor((extract(epoch FROM now()) + n * $2) / $2) * $2), $3 FROM generate_series(0, 1) n
  ON CONFLICT (subject, window_start) DO UPDATE SET hits = $3`;

/** Counts so many hits in the present window and in the next, so that no test depends on when it runs. */
export async function fillRateLimit(
  sql: Sql,
  { subject, windowSeconds, hits }: { subject: string; windowSeconds: number; hits: number },
): Promise<void> {
  await sql.query(FILL, [subject, windowSeconds, hits]);
}
