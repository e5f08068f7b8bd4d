import type { Sql } from '@/lib/platform/sql';

/** Attaches the log's partition of the day so many days ago, and moves a stream's chunks there; returns its name. */
export async function moveToOldPartition(sql: Sql, streamId: number, daysAgo: number): Promise<string> {
  const { rows } = await sql.query<{ name: string; day: string; next: string }>(
    `SELECT 'chunk_p' || to_char(day, 'YYYYMMDD') AS name, day::text, (day + 1)::text AS next
     FROM (SELECT (now() AT TIME ZONE 'UTC')::date - $1::int AS day) d`,
    [daysAgo],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('The database names no day');
  const { name, day, next } = row;
  await sql.query(`CREATE TABLE log.${name} (LIKE log.chunk INCLUDING ALL)`);
  await sql.query(
    `ALTER TABLE log.chunk ATTACH PARTITION log.${name} FOR VALUES FROM ('${day}') TO ('${next}')`,
  );
  await sql.query('UPDATE log.chunk SET part = $2 WHERE stream_id = $1', [streamId, day]);
  return name;
}
