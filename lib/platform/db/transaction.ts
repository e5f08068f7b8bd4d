import type { Db, DbTransaction } from './client';

const DEADLINE_MS = 10_000;
const CONNECTION_WAIT_MS = 5_000;

/** One READ COMMITTED transaction; rolled back when `run` throws or takes too long. No I/O but SQL inside. */
export function withTransaction<T>(db: Db, run: (tx: DbTransaction) => Promise<T>): Promise<T> {
  return db.$transaction(run, { timeout: DEADLINE_MS, maxWait: CONNECTION_WAIT_MS });
}
