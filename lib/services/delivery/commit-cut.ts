import type { CutFigures } from '@/lib/domain/latency/cut-figures';
import type { Sql } from '@/lib/platform/sql';

/**
 * Moves the lane's `done` past the cut once all of its files are in the bucket; true for the one winner, whose figures
 * are written with the commit. Null commits without figures.
 */
export async function commitCut(sql: Sql, cutId: number, figures: CutFigures | null): Promise<boolean> {
  const { rows } = await sql.query<{ won: boolean }>('SELECT delivery.commit_cut($1, $2, $3) AS won', [
    cutId,
    figures === null ? null : toJson(figures),
    figures === null ? null : Buffer.from(figures.sketch),
  ]);
  return rows[0]?.won === true;
}

function toJson({ sketch, ...sums }: CutFigures): string {
  // JSON has no bigint: Postgres reads exact sums from text.
  return JSON.stringify(sums, (_, value) => (typeof value === 'bigint' ? value.toString() : value));
}
