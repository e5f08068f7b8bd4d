import type { Sql } from './sql';

/**
 * Runs `run` while no other process runs it under the same name. The lock lives in a database session of its own
 * and ends with it, so a process that dies lets go. Waiting is bounded by the pool's statement timeout.
 */
export async function withAdvisoryLock<T>(sql: Sql, name: string, run: () => Promise<T>): Promise<T> {
  const client = await sql.connect();
  let broken: unknown;
  try {
    await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [name]);
    return await run();
  } finally {
    try {
      await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name]);
    } catch (error) {
      broken = error;
    }
    client.release(broken instanceof Error ? broken : undefined);
  }
}
