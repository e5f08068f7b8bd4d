import type { Sql } from '@/lib/platform/sql';

/**
 * Gives proven places back to which their routing does not write any more: another version delivers, and nothing that
 * was sealed, replayed or marked for the old place is still to come. Returns how many.
 */
export async function releaseLeftPlaces(sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ released: number }>('SELECT release_left_places() AS released');
  return rows[0]?.released ?? 0;
}
