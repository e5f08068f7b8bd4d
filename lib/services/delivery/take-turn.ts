import type { Sql } from '@/lib/platform/sql';

/** True for the one process that shall do the named work in this period. Holds nothing afterwards. */
export async function takeTurn(sql: Sql, name: string, periodMs: number): Promise<boolean> {
  const { rows } = await sql.query<{ mine: boolean }>('SELECT delivery.take_turn($1, $2) AS mine', [
    name,
    periodMs,
  ]);
  return rows[0]?.mine === true;
}
