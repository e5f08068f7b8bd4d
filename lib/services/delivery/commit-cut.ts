import type { Sql } from '@/lib/platform/sql';

/** Moves the lane's `done` past the cut once all of its files are in the bucket; true for the one winner. */
export async function commitCut(sql: Sql, cutId: number): Promise<boolean> {
  const { rows } = await sql.query<{ won: boolean }>('SELECT delivery.commit_cut($1) AS won', [cutId]);
  return rows[0]?.won === true;
}
