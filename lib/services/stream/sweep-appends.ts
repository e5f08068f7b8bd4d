import type { Sql } from '@/lib/platform/sql';

export interface SweptAppends {
  readonly appends: number;
  readonly keys: number;
}

const KEPT_HOURS = 24;
const BATCH_ROWS = 5_000;

/**
 * Deletes append ids and idempotency keys older than 24 h, in small statements so that no lock lasts. Stops after
 * the first batch that is not full; call it every few minutes.
 */
export async function sweepAppends(sql: Sql): Promise<SweptAppends> {
  return { appends: await sweep(sql, 'log.append'), keys: await sweep(sql, 'log.idempotency') };
}

async function sweep(sql: Sql, table: 'log.append' | 'log.idempotency'): Promise<number> {
  const statement = `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM ${table} WHERE at < now() - make_interval(hours => $1) ORDER BY at LIMIT $2
    FOR UPDATE SKIP LOCKED))`;
  for (let total = 0; ; ) {
    const { rowCount } = await sql.query(statement, [KEPT_HOURS, BATCH_ROWS]);
    total += rowCount ?? 0;
    if ((rowCount ?? 0) < BATCH_ROWS) return total;
  }
}
