import type { NoticeSettlement } from '@/lib/domain/notice/settle-notice';
import type { Sql } from '@/lib/platform/sql';
import type { ClaimedNotice } from './claimed-notice';

// That it was sent stays true when another worker has taken it meanwhile; whatever else is said only by the last one.
const END = `UPDATE notice SET state = $2, cause = $3, ended_at = clock_timestamp(), lease_until = NULL,
    payload_sealed = NULL
  WHERE id = $1 AND state = 'queued' AND (tries = $4 OR $2 = 'sent')`;
const AGAIN = `UPDATE notice SET not_before = clock_timestamp() + $2::float8 * interval '1 millisecond', cause = $3,
    lease_until = NULL, tries = tries - CASE WHEN $5 THEN 0 ELSE 1 END
  WHERE id = $1 AND state = 'queued' AND tries = $4`;

/** Records how a try ended; what was sent or given up keeps no secret. */
export async function recordSettlement(
  sql: Sql,
  { id, tries }: Pick<ClaimedNotice, 'id' | 'tries'>,
  settlement: NoticeSettlement,
): Promise<void> {
  switch (settlement.kind) {
    case 'sent':
      await sql.query(END, [id, 'sent', null, tries]);
      return;
    case 'given_up':
      await sql.query(END, [id, 'given_up', settlement.cause, tries]);
      return;
    case 'again':
      await sql.query(AGAIN, [id, settlement.waitMs, settlement.cause, tries, settlement.isTry]);
  }
}
