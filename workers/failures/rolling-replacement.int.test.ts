import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { openPipeline, type Pipeline } from '@/lib/testing/pipeline';
import { waitUntil } from '@/lib/testing/wait-until';

const REPLACEMENTS = 2;
/** What a later version's migration may do beside running workers: it only adds, with defaults. */
const ADDITIONS = [
  'lane',
  'cut',
  'file',
  'attempt',
  'routing',
  'destination',
  'log.stream',
  'log.chunk',
  'log.append',
];

let database: TestDatabase;
let store: TestObjectStore;
let pipeline: Pipeline;
beforeAll(async () => {
  database = await createTestDatabase();
  store = await startTestObjectStore();
  pipeline = await openPipeline({ store, sql: database.sql, databaseUrl: database.url });
});
afterAll(async () => {
  await pipeline.close();
  await store.close();
  await database.close();
});

async function untilMoving(): Promise<void> {
  const before = await pipeline.watch.lane();
  await waitUntil(
    'lines are delivered',
    async () => {
      const lane = await pipeline.watch.lane();
      return lane.head > before.head && lane.done > before.head;
    },
    90_000,
  );
}

test('workers and collectors are replaced one after the other under load, over a schema that grows meanwhile: no line is lost or doubled', async () => {
  let worker = await pipeline.startWorker({ SLUICE_WORKER_ID: 'n' });
  let collector = await pipeline.startCollector();
  const outputs = [worker.output, collector.output];
  const producers = pipeline.startProducers();
  await untilMoving();
  for (const table of ADDITIONS) {
    await database.sql.query(`ALTER TABLE ${table} ADD COLUMN of_next_version int NOT NULL DEFAULT 0`);
  }
  await database.sql.query('CREATE TABLE delivery.of_next_version (id int PRIMARY KEY)');
  await untilMoving();
  for (let round = 1; round <= REPLACEMENTS; round += 1) {
    const nextWorker = await pipeline.startWorker({ SLUICE_WORKER_ID: `n${round}` });
    const nextCollector = await pipeline.startCollector({}, 'another');
    await untilMoving();
    for (const leaving of [collector, worker]) {
      leaving.kill('SIGTERM');
      expect(await leaving.ended, leaving.output()).toEqual({ code: 0, signal: null });
    }
    outputs.push(nextWorker.output, nextCollector.output);
    worker = nextWorker;
    collector = nextCollector;
    await untilMoving();
  }
  expect(await pipeline.finish()).toMatchObject({ holds: true, faults: [] });
  const names = new Set((await pipeline.watch.attempts()).map((attempt) => attempt.worker_id));
  expect(names).toEqual(new Set(['n', 'n1', 'n2']));
  expect(producers.acked.size).toBeGreaterThan(0);
  // What Postgres answers a prepared statement whose table has changed under it.
  expect(outputs.map((output) => output()).join('\n')).not.toContain('cached plan');
}, 300_000);
