import { randomUUID } from 'node:crypto';
import type { AccessCheckView } from '@/lib/domain/access-check/view';
import { createBucketInspector } from '@/lib/platform/bucket-inspector/s3-bucket-inspector';
import { createLogger } from '@/lib/platform/logger';
import { createS3ObjectStore } from '@/lib/platform/object-store/s3-object-store';
import { createOpener } from '@/lib/platform/secret-box/opener';
import { readAccessCheck } from '@/lib/services/access-check/read';
import { requestAccessCheck } from '@/lib/services/access-check/request';
import type { CheckDeps } from '@/workers/access-check/check-deps';
import { runAccessCheck } from '@/workers/access-check/run-access-check';
import type { TestDatabase } from './database';
import { createTestRouting, type TestRoutingOptions, testSealKeyPair } from './routing';

export interface CheckBench {
  readonly deps: CheckDeps;
  /** A routing in this state of its life with access to the store, not delivering. */
  makeRouting(
    store: TestRoutingOptions['store'],
    more?: { readonly kmsKeyArn?: string; readonly prefix?: string; readonly ownerAccountId?: string },
  ): Promise<{ readonly organizationId: string; readonly routingId: string; readonly prefix: string }>;
  /** Asks for a check and carries one round of it through. */
  check(routing: { readonly organizationId: string; readonly routingId: string }): Promise<AccessCheckView>;
  /** Another round of the newest check. */
  again(routing: { readonly routingId: string }): Promise<AccessCheckView>;
  read(routing: { readonly routingId: string }): Promise<AccessCheckView>;
  close(): void;
}

/** Access checks as a worker makes them, without its queue. */
export function createCheckBench(database: TestDatabase, more: Partial<CheckDeps> = {}): CheckBench {
  const { sql, db } = database;
  const store = createS3ObjectStore();
  const inspector = createBucketInspector();
  const opener = createOpener(testSealKeyPair().privateKeyPem);
  const deps: CheckDeps = {
    ...{ sql, store, inspector, newName: randomUUID, leaseMs: 60_000, workerId: 'test' },
    openCredential: (row) => opener.openCredential(row),
    clock: { monotonicMs: () => performance.now() },
    logger: createLogger('worker', 'silent'),
    ...more,
  };
  const read = async ({ routingId }: { readonly routingId: string }) => {
    const view = await readAccessCheck(db, { routingId });
    if (view === null) throw new Error('The routing has no check');
    return view;
  };
  const run = (accessCheckId: string) =>
    runAccessCheck(deps, { accessCheckId }, new AbortController().signal);
  return {
    deps,
    read,
    makeRouting: async (place, { ownerAccountId, ...rest } = {}) => {
      const { tenant, routingId, prefix } = await createTestRouting({ sql, store: place, ...rest });
      await sql.query(`UPDATE routing SET lifecycle = 'draft' WHERE id = $1`, [routingId]);
      await sql.query('UPDATE destination SET owner_account_id = $2 WHERE routing_id = $1', [
        routingId,
        ownerAccountId ?? null,
      ]);
      return { organizationId: tenant.organizationId, routingId, prefix };
    },
    check: async (routing) => {
      const request = { ...routing, destinationVersion: 1, requestedBy: 'user:test' };
      await run(await db.$transaction((tx) => requestAccessCheck(tx, request)));
      return read(routing);
    },
    again: async (routing) => {
      await run((await read(routing)).id);
      return read(routing);
    },
    close: () => {
      inspector.close();
      store.close();
    },
  };
}
