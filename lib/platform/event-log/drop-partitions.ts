import { AppError } from '@/lib/domain/errors';
import type { Sql, SqlClient } from '@/lib/platform/sql';
import { isLockTimeout, retryOnLockTimeout } from './retry-on-lock-timeout';

export interface RetentionSettings {
  readonly retentionDays: number;
  readonly lockTimeoutMs: number;
  readonly tries: number;
}

// Leftovers of a run that died are found by their name, which holds the day.
const EXPIRED = `SELECT relname AS name FROM pg_class
  WHERE relnamespace = 'log'::regnamespace AND relkind = 'r' AND relname ~ '^chunk_p[0-9]{8}$'
    AND to_date(substring(relname FROM 8), 'YYYYMMDD') < (now() AT TIME ZONE 'UTC')::date - $1::int
  ORDER BY relname`;

const STATE = `SELECT CASE WHEN i.inhrelid IS NULL THEN 'detached'
    WHEN i.inhdetachpending THEN 'detaching' ELSE 'attached' END AS state
  FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
  WHERE c.relnamespace = 'log'::regnamespace AND c.relname = $1`;

const SAFE_NAME = /^chunk_p\d{8}$/;

/**
 * Detaches and drops the partitions that lie wholly before the retention. Each step waits for locks only briefly
 * and holds none that an append needs; a partition still in use is postponed.
 */
export async function dropExpiredPartitions(
  sql: Sql,
  settings: RetentionSettings,
): Promise<{ dropped: string[]; postponed: string[] }> {
  const dropped: string[] = [];
  const postponed: string[] = [];
  const client = await sql.connect();
  let sound = false;
  try {
    await client.query(`SET lock_timeout = ${Math.trunc(settings.lockTimeoutMs)}`);
    const { rows } = await client.query<{ name: string }>(EXPIRED, [settings.retentionDays]);
    for (const { name } of rows) {
      const gone = await dropPartition(client, name, settings.tries);
      (gone ? dropped : postponed).push(name);
    }
    await client.query('RESET lock_timeout');
    sound = true;
  } finally {
    // A session that failed half-way keeps its short timeout: it is closed, not pooled.
    client.release(!sound);
  }
  return { dropped, postponed };
}

/** True once the table is gone, false when others still use it. */
async function dropPartition(client: SqlClient, name: string, tries: number): Promise<boolean> {
  if (!SAFE_NAME.test(name)) throw new AppError('INTERNAL', 'A partition has an unexpected name');
  try {
    await retryOnLockTimeout(tries, async () => {
      let state = await readState(client, name);
      if (state === 'attached') {
        // A wait that times out leaves the partition marked; the next try finishes what this one began.
        await client.query(`ALTER TABLE log.chunk DETACH PARTITION log.${name} CONCURRENTLY`);
        state = 'detached';
      }
      if (state === 'detaching') {
        await client.query(`ALTER TABLE log.chunk DETACH PARTITION log.${name} FINALIZE`);
      }
      await client.query(`DROP TABLE IF EXISTS log.${name}`);
    });
    return true;
  } catch (error) {
    if (isLockTimeout(error)) return false;
    // Another process was faster; the next run sees what is left.
    if ((await readState(client, name)) === 'gone') return true;
    throw error;
  }
}

async function readState(
  client: SqlClient,
  name: string,
): Promise<'attached' | 'detaching' | 'detached' | 'gone'> {
  const { rows } = await client.query<{ state: 'attached' | 'detaching' | 'detached' }>(STATE, [name]);
  return rows[0]?.state ?? 'gone';
}
