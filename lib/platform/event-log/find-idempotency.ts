import type { Sql } from '@/lib/platform/sql';
import type { IdempotencyRow } from './event-log';

const FIND = `SELECT body_hash, status, answer FROM log.idempotency
  WHERE workspace_id = $1 AND call = $2 AND key = $3`;

/** The first answer to a request with this key, as long as its row is kept; else null. */
export async function findIdempotency(
  sql: Sql,
  scope: { workspaceId: string; call: string; key: string },
): Promise<IdempotencyRow | null> {
  const { rows } = await sql.query<{ body_hash: Buffer; status: number; answer: Buffer }>(FIND, [
    scope.workspaceId,
    scope.call,
    scope.key,
  ]);
  const row = rows[0];
  if (row === undefined) return null;
  return { ...scope, bodyHash: row.body_hash, status: row.status, answer: row.answer };
}
