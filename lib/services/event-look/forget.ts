import type { Sql } from '@/lib/platform/sql';

/** Deletes what was read once nobody may see it any more. Returns how many. */
export async function forgetEventLooks(sql: Sql): Promise<number> {
  return (await sql.query('DELETE FROM event_look WHERE expires_at <= clock_timestamp()')).rowCount ?? 0;
}
