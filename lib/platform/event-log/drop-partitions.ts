import { AppError } from '@/lib/domain/errors';
import type { Sql, SqlClient } from '@/lib/platform/sql';
import { isLockTimeout, pauseAfterLockTimeout } from './retry-on-lock-timeout';

type PartitionState = 'attached' | 'detaching' | 'detached';

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

/** What brings a partition one state further; none of them blocks an append while it waits. */
const NEXT_STEP: Readonly<Record<PartitionState, (name: string) => string>> = {
  attached: (name) => `ALTER TABLE log.chunk DETACH PARTITION log.${name} CONCURRENTLY`,
  detaching: (name) => `ALTER TABLE log.chunk DETACH PARTITION log.${name} FINALIZE`,
  detached: (name) => `DROP TABLE log.${name}`,
};

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
  let state = await readState(client, name);
  for (let number = 1; state !== 'gone'; ) {
    try {
      await client.query(NEXT_STEP[state](name));
      state = await readState(client, name);
    } catch (error) {
      // A wait that timed out leaves the partition marked, and another process may have been faster.
      const now = await readState(client, name);
      if (now === state && !isLockTimeout(error)) throw error;
      if (now === state && number >= tries) return false;
      if (now === state) await pauseAfterLockTimeout();
      number += now === state ? 1 : 0;
      state = now;
    }
  }
  return true;
}

async function readState(client: SqlClient, name: string): Promise<PartitionState | 'gone'> {
  const { rows } = await client.query<{ state: PartitionState }>(STATE, [name]);
  return rows[0]?.state ?? 'gone';
}
