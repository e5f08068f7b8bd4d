import type { Sql } from '@/lib/platform/sql';
import type { ClaimedCheck } from './claim';

const END = 'SELECT end_access_check($1, $2, $3, $4, $5) AS ended';

/** Ends the round. False when it is another's by now, or when a row was asked for meanwhile. */
export async function endAccessCheck(
  sql: Sql,
  check: ClaimedCheck,
  end: { readonly state: 'passed' | 'failed'; readonly nextTryMs: number | null; readonly workerId: string },
): Promise<boolean> {
  const { rows } = await sql.query<{ ended: boolean }>(END, [
    check.id,
    check.round,
    end.state,
    end.nextTryMs,
    `worker:${end.workerId}`,
  ]);
  return rows[0]?.ended === true;
}
