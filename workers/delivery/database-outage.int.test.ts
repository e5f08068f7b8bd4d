import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { readDeliveredLines } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { appendLines, createTestRouting, numberedLines } from '@/lib/testing/routing';
import { startTcpProxy, type TcpProxy } from '@/lib/testing/tcp-proxy';
import { waitUntil } from '@/lib/testing/wait-until';
import { startTestWorker, type TestWorker } from '@/lib/testing/worker';

let database: TestDatabase;
let store: TestObjectStore;
let proxy: TcpProxy;
let worker: TestWorker;
beforeAll(async () => {
  database = await createTestDatabase();
  store = await startTestObjectStore();
  const url = new URL(database.url);
  proxy = await startTcpProxy(Number(url.port));
  url.port = String(proxy.port);
  worker = await startTestWorker({ database: { ...database, url: url.toString() }, workerId: 'w1' });
});
afterAll(async () => {
  await worker.stop();
  await proxy.close();
  await store.close();
  await database.close();
});

test('a database that goes away in the middle of a PUT and comes back costs time and no line', async () => {
  const { sql } = database;
  const log = createPostgresEventLog({ sql });
  const routing = await createTestRouting({ sql, store });
  const watch = watchRouting(sql, routing);
  const lines = numberedLines('outage', 90);
  await appendLines(log, routing.streamId, lines.slice(0, 30));
  await watch.untilCaughtUp();

  const { faultId } = store.control.faults.add({
    match: { operation: 'PutObject', prefix: routing.prefix },
    effect: { kind: 'hang', applied: false },
  });
  await appendLines(log, routing.streamId, lines.slice(30, 60));
  await store.control.faults.waitForHits(faultId, 1, 30_000);
  proxy.refuse();
  store.control.faults.clear(faultId);
  await waitUntil('the PUT has landed', async () => (await store.listKeys(routing.prefix)).length === 2);
  await appendLines(log, routing.streamId, lines.slice(60));
  proxy.recover();

  await watch.untilCaughtUp(45_000);
  expect(await readDeliveredLines(store, sql, routing.prefix)).toEqual([...lines].sort());
});
