import type { Sql } from '@/lib/platform/sql';

const ADOPT = `SELECT adopt_destination($1, max(version), 'worker:x') AS adopted FROM destination WHERE routing_id = $1`;

/** What a passed check of a routing's newest destination version does; false where it waits for none. */
export async function adoptNewest(sql: Sql, routingId: string): Promise<boolean> {
  const { rows } = await sql.query<{ adopted: boolean }>(ADOPT, [routingId]);
  return rows[0]?.adopted === true;
}
