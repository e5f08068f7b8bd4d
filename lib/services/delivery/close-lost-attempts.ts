import type { Sql } from '@/lib/platform/sql';

const GRACE_MS = 5_000;

/** Ends attempts as unknown whose worker died: their deadline has passed, so no PUT of theirs can be in flight. */
export async function closeLostAttempts(sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ closed: number }>('SELECT delivery.close_lost_attempts($1) AS closed', [
    GRACE_MS,
  ]);
  return rows[0]?.closed ?? 0;
}
