import type { Sql } from '@/lib/platform/sql';

const WRITTEN = 'UPDATE sample_file SET written_at = clock_timestamp() WHERE check_id = $1 AND key = ANY($2)';
const REMOVED = 'UPDATE sample_file SET removed_at = clock_timestamp() WHERE check_id = $1 AND key = ANY($2)';

/** The store has confirmed these files of a check. */
export async function markSamplesWritten(sql: Sql, checkId: string, keys: readonly string[]): Promise<void> {
  await sql.query(WRITTEN, [checkId, keys]);
}

/** The store has removed them. */
export async function markSamplesRemoved(sql: Sql, checkId: string, keys: readonly string[]): Promise<void> {
  await sql.query(REMOVED, [checkId, keys]);
}
