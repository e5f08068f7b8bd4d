import type { Sql } from '@/lib/platform/sql';

const KEEP_DAYS = 7;

/** Deletes probes of more than a week ago; what they proved stands by itself. */
export async function forgetProbes(sql: Sql): Promise<void> {
  await sql.query(`DELETE FROM access_probe WHERE marked_at < now() - $1 * interval '1 day'`, [KEEP_DAYS]);
}
