import type { Sql } from '@/lib/platform/sql';

/** As if a worker's watcher had looked at every routing `secondsAgo`: what it found is believed for a minute. */
export async function markMeasured(sql: Sql, secondsAgo = 0): Promise<void> {
  await sql.query(
    `INSERT INTO delivery.turn (name, taken_at) VALUES ('health-watched', clock_timestamp() - $1 * interval '1 second')
     ON CONFLICT (name) DO UPDATE SET taken_at = excluded.taken_at`,
    [secondsAgo],
  );
}
