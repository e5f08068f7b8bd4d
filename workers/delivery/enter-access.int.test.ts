import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { enterAccess } from '@/lib/services/credential/enter-access';
import { createRouting } from '@/lib/services/routing/create';
import { startRouting } from '@/lib/services/routing/start';
import { createCtxFactory, routingInput } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { readDeliveredLines } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { appendLines, numberedLines } from '@/lib/testing/routing';
import { createTenant } from '@/lib/testing/tenant';
import { startTestWorker, type TestWorker } from '@/lib/testing/worker';

let database: TestDatabase;
let store: TestObjectStore;
let worker: TestWorker;
beforeAll(async () => {
  database = await createTestDatabase({ connectionsMax: 20 });
  store = await startTestObjectStore();
  worker = await startTestWorker({ database, workerId: 'w1', slots: { whole: 1, behind: 1 } });
});
afterAll(async () => {
  await worker.stop();
  await store.close();
  await database.close();
});

/** A started routing whose keys came after it was made, and the stream of its events. */
async function startLater(keys: { accessKeyId: string; secretAccessKey: string }) {
  const tenant = await createTenant(database.sql);
  const ctx = {
    ...(await createCtxFactory(database).ctxOf('technical_services')),
    allowedEndpoints: [store.endpoint],
  };
  const { accessKeyId: _, secretAccessKey: __, ...input } = routingInput(tenant);
  const { bucket, region, endpoint } = store;
  const made = await createRouting({
    ctx,
    input: { ...input, bucket, region, endpoint, dataTypes: ['events'], flushIntervalMs: 5_000 },
  });
  const { id: routingId, version } = made.routing;
  await enterAccess({ ctx, input: { routingId, version, ...keys } });
  await startRouting({ ctx, input: { routingId, withoutCheck: true } });
  const { rows } = await database.sql.query<{ id: number }>(
    `SELECT log.ensure_stream($1, $2, 'events') AS id`,
    [tenant.organizationId, tenant.workspaceId],
  );
  await database.sql.query('UPDATE routing SET flush_interval_ms = 100 WHERE id = $1', [routingId]);
  return { ctx, routingId, version: version + 1, streamId: rows[0]!.id, prefix: 'sluice/' };
}

test('a routing made without keys delivers with those entered later; new ones free what the old ones held, at once', async () => {
  const log = createPostgresEventLog({ sql: database.sql });
  const [old, fresh] = [await store.control.createKey(), await store.control.createKey()];
  const { ctx, routingId, version, streamId, prefix } = await startLater(old);
  const watch = watchRouting(database.sql, { routingId });
  const lines = numberedLines('access', 20);
  await appendLines(log, streamId, lines.slice(0, 10));
  await watch.untilLifecycle('active');
  await watch.untilHealth('healthy', null);

  await store.control.revokeKey(old);
  await appendLines(log, streamId, lines.slice(10));
  await watch.untilHealth('blocked', 'access_key_unknown');
  expect(await watch.lane()).toMatchObject({ backs_off: true });

  await enterAccess({ ctx, input: { routingId, version, ...fresh } });
  await watch.untilHealth('healthy', null);
  await watch.untilCaughtUp();
  expect(await readDeliveredLines(store, database.sql, prefix)).toEqual([...lines].sort());

  // The check of what was entered goes on beside, and nobody waits for it here.
  const steps = (await watch.transitions()).filter((step) => !/verif/.test(step));
  expect(steps).toEqual([
    'awaiting_customer → draft',
    'starting → delivering',
    'delivering → blocked',
    'blocked → delivering',
  ]);
});
