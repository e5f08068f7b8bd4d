import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { readDelivered } from '@/lib/testing/delivered';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { appendLines, createTestRouting, numberedLines, testSealKeyPair } from '@/lib/testing/routing';
import { waitUntil } from '@/lib/testing/wait-until';
import { startWorkerProcess } from '@/lib/testing/worker-process';

let database: TestDatabase;
let store: TestObjectStore;
beforeAll(async () => {
  database = await createTestDatabase();
  store = await startTestObjectStore();
});
afterAll(async () => {
  await store.close();
  await database.close();
});

test('a worker process delivers a chunk as one file under the Hive path and stops cleanly on SIGTERM', async () => {
  const { sql } = database;
  const routing = await createTestRouting({ sql, store });
  const lines = numberedLines('a', 100);
  await appendLines(createPostgresEventLog({ sql }), routing.streamId, lines);
  const worker = await startWorkerProcess('worker', {
    DATABASE_URL: database.url,
    SLUICE_SEAL_PRIVATE_KEYS: testSealKeyPair().privateKeyPem,
    SLUICE_WORKER_ID: 'w1',
  });
  try {
    await waitUntil('the routing is active', async () => {
      const { rows } = await sql.query(`SELECT 1 FROM routing WHERE id = $1 AND lifecycle = 'active'`, [
        routing.routingId,
      ]);
      return rows.length > 0;
    });
  } finally {
    worker.kill('SIGTERM');
  }
  expect(await worker.ended, worker.output()).toEqual({ code: 0, signal: null });
  const files = await readDelivered(store, sql, routing.prefix);
  expect(files.map((file) => file.lines)).toEqual([lines]);
  expect(files[0]!.key).toMatch(
    new RegExp(
      `^${routing.prefix}type=events/year=\\d{4}/month=\\d\\d/day=\\d\\d/hour=\\d\\d/\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z-[0-9a-f]{12}-w1\\.jsonl\\.gz$`,
    ),
  );
});
