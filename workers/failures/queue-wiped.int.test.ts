import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { readDeliveredLines } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { openQueueBackend, type QueueBackend } from '@/lib/testing/queue-backend';
import { appendLines, createTestRouting, numberedLines, testSealKeyPair } from '@/lib/testing/routing';
import { startWorkerProcess, type WorkerProcess } from '@/lib/testing/worker-process';

const FLUSH_MS = 2_000;
const WIPES = 5;

let database: TestDatabase;
let store: TestObjectStore;
let queue: QueueBackend;
let workers: WorkerProcess[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  store = await startTestObjectStore();
  queue = openQueueBackend(database);
  workers = await Promise.all(
    ['w1', 'w2'].map((workerId) =>
      startWorkerProcess('worker', {
        DATABASE_URL: database.url,
        SLUICE_SEAL_PRIVATE_KEYS: testSealKeyPair().privateKeyPem,
        SLUICE_WORKER_ID: workerId,
      }),
    ),
  );
});
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await Promise.all(workers.map((worker) => worker.ended));
  await queue.close();
  await store.close();
  await database.close();
});

/** When the database has a moment, epoch ms. */
async function readMs(moment: string): Promise<number> {
  const { rows } = await database.sql.query<{ ms: number }>(
    `SELECT extract(epoch FROM (${moment}))::float8 * 1000 AS ms`,
  );
  return rows[0]?.ms ?? Number.NaN;
}

test('a queue that loses every wake-up, with no traffic to make new ones, delays what is pending and loses none of it', async () => {
  const { sql } = database;
  const log = createPostgresEventLog({ sql });
  const routings = await Promise.all(
    [100, 100, FLUSH_MS, FLUSH_MS].map((flushIntervalMs) =>
      createTestRouting({ sql, store, flushIntervalMs }),
    ),
  );
  const inFlight = routings[0];
  const { faultId } = store.control.faults.add({
    match: { operation: 'PutObject', prefix: inFlight?.prefix ?? '' },
    effect: { kind: 'hang', applied: false },
  });
  const lines = await Promise.all(
    routings.map(async ({ streamId, routingId }) => {
      const mine = numberedLines(routingId.slice(0, 8), 30);
      await appendLines(log, streamId, mine, { linesPerChunk: 10 });
      return mine;
    }),
  );
  await store.control.faults.waitForHits(faultId, 1, 90_000);
  const watches = routings.map((routing) => watchRouting(sql, routing));
  const firstMs = await readMs('clock_timestamp()');
  for (let wipe = 0; wipe < WIPES; wipe += 1) {
    await queue.wipe();
    await watches[0]?.untilDispatched(1);
  }
  const lastMs = await readMs('clock_timestamp()');
  store.control.faults.clear(faultId);
  await Promise.all(watches.map((watch) => watch.untilCaughtUp(90_000)));
  for (const [index, { prefix }] of routings.entries()) {
    expect(await readDeliveredLines(store, sql, prefix)).toEqual([...(lines[index] ?? [])].sort());
  }
  const where = queue.options.redisUrl === undefined ? 'Postgres' : 'Redis';
  const deliveredMs = await readMs('SELECT max(delivered_at) FROM file');
  const since = (ms: number) => Math.round(deliveredMs - ms);
  process.stdout.write(
    `\nQueue on ${where} emptied ${WIPES} times: all was delivered ${since(firstMs)} ms after the first and ${since(lastMs)} ms after the last (flush interval ${FLUSH_MS} ms)\n`,
  );
}, 300_000);
