import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { readDeliveredLines } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { appendLines, createTestRouting, numberedLines } from '@/lib/testing/routing';
import { waitUntil } from '@/lib/testing/wait-until';
import { startTestWorker, type TestWorker } from '@/lib/testing/worker';

let database: TestDatabase;
let store: TestObjectStore;
let worker: TestWorker;
let isBroken = true;
beforeAll(async () => {
  database = await createTestDatabase();
  store = await startTestObjectStore();
  worker = await startTestWorker({
    database,
    workerId: 'w1',
    wrapStore: (s3) => ({
      ...s3,
      putIfAbsent: (request) => {
        if (isBroken) throw new TypeError('nobody foresaw this');
        return s3.putIfAbsent(request);
      },
    }),
  });
});
afterAll(async () => {
  await worker.stop();
  await store.close();
  await database.close();
});

test('a lane that breaks its job backs off further each time, looks failing, leaves no open mark, and heals', async () => {
  const { sql } = database;
  const routing = await createTestRouting({ sql, store });
  const watch = watchRouting(sql, routing);
  const lines = numberedLines('broken', 5);
  await appendLines(createPostgresEventLog({ sql }), routing.streamId, lines);
  await watch.untilHealth('failing', 'internal');

  await sql.query('UPDATE lane SET failures = 6, not_before = NULL WHERE routing_id = $1', [
    routing.routingId,
  ]);
  await watch.untilBackingOff(7);
  const { rows } = await sql.query<{ is_far: boolean }>(
    `SELECT not_before > clock_timestamp() + interval '15 seconds' AS is_far FROM lane WHERE routing_id = $1`,
    [routing.routingId],
  );
  expect(rows).toEqual([{ is_far: true }]);
  const attempts = await watch.attempts();
  expect(attempts.length).toBeGreaterThanOrEqual(2);
  for (const attempt of attempts) expect(attempt).toMatchObject({ outcome: 'unknown', code: 'Internal' });

  await sql.query(`UPDATE routing SET intent = 'pause', lifecycle = 'pausing' WHERE id = $1`, [
    routing.routingId,
  ]);
  await watch.untilLifecycle('paused', 5_000);
  await sql.query(`UPDATE routing SET intent = 'run', lifecycle = 'active' WHERE id = $1`, [
    routing.routingId,
  ]);

  isBroken = false;
  await watch.letTimePass(0);
  await watch.untilCaughtUp();
  await waitUntil('it is healthy again', async () => (await watch.routing()).health === 'healthy');
  expect(await readDeliveredLines(store, sql, routing.prefix)).toEqual([...lines].sort());
});
