import type { Db, DbTransaction } from '@/lib/platform/db/client';
import { withTransaction } from '@/lib/platform/db/transaction';

const DEADLINE_MS = 2_000;

/** Reads with a deadline of its own, so that one slow part of a page does not keep the others. Rejects when it passes. */
export function readWithin<T>(db: Db, read: (tx: DbTransaction) => Promise<T>): Promise<T> {
  return withTransaction(db, async (tx) => {
    await tx.$executeRawUnsafe(`SET LOCAL statement_timeout = ${DEADLINE_MS}`);
    return read(tx);
  });
}
