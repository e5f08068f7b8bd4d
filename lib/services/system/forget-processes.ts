import { PROCESS_FORGET_SECONDS } from '@/lib/domain/system/process';
import type { Sql } from '@/lib/platform/sql';

/** Deletes the rows of processes that were not heard of for a day. */
export async function forgetProcesses(sql: Sql): Promise<void> {
  await sql.query('DELETE FROM process WHERE seen_at < now() - make_interval(secs => $1)', [
    PROCESS_FORGET_SECONDS,
  ]);
}
