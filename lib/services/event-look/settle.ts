import type { Sql } from '@/lib/platform/sql';

export type LookAnswer =
  | { readonly kind: 'read'; readonly body: Uint8Array; readonly isCut: boolean }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

const READ = `UPDATE event_look SET state = 'read', body = $2, is_cut = $3 WHERE id = $1 AND state = 'asked'`;
const REFUSED = `UPDATE event_look SET state = 'refused', code = $2, message = left($3, 500)
  WHERE id = $1 AND state = 'asked'`;

/** Records what came of a look; the first answer stays. */
export async function settleEventLook(sql: Sql, lookId: string, answer: LookAnswer): Promise<void> {
  if (answer.kind === 'read') await sql.query(READ, [lookId, Buffer.from(answer.body), answer.isCut]);
  else await sql.query(REFUSED, [lookId, answer.code, answer.message]);
}
