import { RETENTION_DAYS } from '@/lib/domain/chunk/retention';
import type { Sql } from '@/lib/platform/sql';
import { dropExpiredPartitions } from './drop-partitions';
import { retryOnLockTimeout } from './retry-on-lock-timeout';

const TRIES = 5;

export interface PartitionOptions {
  /** Days after today for which a partition stands ready; default 2. */
  readonly daysAhead?: number;
  /** Whole days for which chunks are kept; default 7. */
  readonly retentionDays?: number;
  /** How long one try waits for a lock; default 1 s. */
  readonly lockTimeoutMs?: number;
  /** Tries before a partition is left to the next run; default 5. */
  readonly tries?: number;
}

export interface PartitionReport {
  readonly attached: readonly string[];
  readonly dropped: readonly string[];
  /** Past the retention but in use: the next run takes them up where this one stopped. */
  readonly postponed: readonly string[];
}

/**
 * Attaches today's and the next days' partitions of log.chunk; returns the new ones. Days are the database's, UTC. Safe
 * to call from any number of processes: at migrate, at start and every hour. Throws when that cannot be done.
 */
export async function attachPartitions(
  sql: Sql,
  { daysAhead = 2, tries = TRIES }: Pick<PartitionOptions, 'daysAhead' | 'tries'> = {},
): Promise<readonly string[]> {
  return retryOnLockTimeout(tries, async () => {
    const { rows } = await sql.query<{ names: string[] }>('SELECT log.attach_partitions($1) AS names', [
      daysAhead,
    ]);
    return rows[0]?.names ?? [];
  });
}

/**
 * Keeps the daily partitions of log.chunk: today's and the next days' attached, those past the retention detached
 * and dropped. Only for who has recorded before what lanes lose with them. Safe to call from any number of processes;
 * appends and readers go on meanwhile. Throws when a partition that appends need cannot be attached.
 */
export async function maintainPartitions(sql: Sql, options: PartitionOptions = {}): Promise<PartitionReport> {
  const attached = await attachPartitions(sql, options);
  const expired = await dropExpiredPartitions(sql, {
    retentionDays: options.retentionDays ?? RETENTION_DAYS,
    lockTimeoutMs: options.lockTimeoutMs ?? 1_000,
    tries: options.tries ?? TRIES,
  });
  return { attached, ...expired };
}
