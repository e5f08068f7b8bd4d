import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { readDeliveredLines } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { appendLines, createTestRouting, numberedLines, type TestRouting } from '@/lib/testing/routing';
import { startTestWorker, type TestWorker } from '@/lib/testing/worker';
import { ByteBudget } from '@/workers/runtime/byte-budget';

let database: TestDatabase;
let store: TestObjectStore;
let worker: TestWorker;
beforeAll(async () => {
  database = await createTestDatabase();
  store = await startTestObjectStore();
});
afterEach(async () => {
  store.control.faults.clear();
  await worker.stop();
});
afterAll(async () => {
  await store.close();
  await database.close();
});

test('routings that S3 never answers keep nobody else waiting, not even before they have failed once', async () => {
  const { sql } = database;
  const log = createPostgresEventLog({ sql });
  worker = await startTestWorker({ database, workerId: 'w1', slots: { whole: 1, behind: 1 } });
  const { faultId } = store.control.faults.add({
    match: { operation: 'PutObject', prefix: 'silent/' },
    times: null,
    effect: { kind: 'hang', applied: false },
  });
  for (const name of ['a', 'b', 'c']) {
    const silent = await createTestRouting({ sql, store, prefix: `silent/${name}/` });
    await appendLines(log, silent.streamId, numberedLines(name, 5));
  }
  // There is one slot, and a PUT is given up after 30 s at the earliest: each must have given it back.
  await store.control.faults.waitForHits(faultId, 3, 25_000);
  const healthy = await createTestRouting({ sql, store });
  const lines = numberedLines('healthy', 5);
  await appendLines(log, healthy.streamId, lines);
  await watchRouting(sql, healthy).untilCaughtUp(25_000);
  expect(await readDeliveredLines(store, sql, healthy.prefix)).toEqual([...lines].sort());
});

test('files that go silent while they fill the memory for bodies let go of it for others', async () => {
  const { sql } = database;
  const log = createPostgresEventLog({ sql });
  // Room for two such files, of which nothing is small.
  const noise = (name: string) =>
    numberedLines(name, 4).map((line) => `${line}${randomBytes(30_000).toString('base64')}`);
  const budget = new ByteBudget(250_000);
  const silents: TestRouting[] = [];
  for (const name of ['a', 'b', 'c']) {
    const silent = await createTestRouting({ sql, store, prefix: `large/${name}/` });
    await appendLines(log, silent.streamId, noise(name));
    silents.push(silent);
  }
  const { faultId } = store.control.faults.add({
    match: { operation: 'PutObject', prefix: 'large/' },
    times: null,
    effect: { kind: 'hang', applied: false },
  });
  worker = await startTestWorker({ database, workerId: 'w2', budget });
  await store.control.faults.waitForHits(faultId, 2, 25_000);
  const healthy = await createTestRouting({ sql, store });
  await appendLines(log, healthy.streamId, noise('healthy'));
  await watchRouting(sql, healthy).untilCaughtUp(25_000);
  const { rows } = await sql.query(
    `SELECT DISTINCT outcome, code FROM attempt WHERE routing_id = ANY ($1) AND ended_at IS NOT NULL`,
    [silents.map(({ routingId }) => routingId)],
  );
  expect(rows).toEqual([{ outcome: 'unknown', code: 'TimeoutError' }]);
});
