import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '@/lib/testing/database';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { type OwnPostgres, startOwnPostgres } from '@/lib/testing/own-postgres';
import { openPipeline, type Pipeline } from '@/lib/testing/pipeline';
import { startTcpProxy } from '@/lib/testing/tcp-proxy';
import { waitUntil } from '@/lib/testing/wait-until';
import type { WorkerProcess } from '@/lib/testing/worker-process';

const PATIENCE_MS = 90_000;
const STALL_MS = 30_000;
const LOST_REPLIES = 30;

let store: TestObjectStore;
beforeAll(async () => {
  store = await startTestObjectStore();
});
afterAll(() => store.close());

/** Lines are taken and delivered again, by the processes that were there before. */
async function untilMoving({ watch }: Pipeline, processes: readonly WorkerProcess[]): Promise<void> {
  const gone: number[] = [];
  for (const one of processes) void one.ended.then(() => gone.push(one.pid));
  const before = await watch.lane();
  await waitUntil(
    'lines are delivered again',
    async () => {
      const lane = await watch.lane();
      return lane.head > before.head && lane.done > before.head;
    },
    90_000,
  );
  expect(gone).toEqual([]);
}

async function expectAllOnce(pipeline: Pipeline): Promise<void> {
  const verdict = await pipeline.finish({ deadlineMs: 90_000 });
  expect(verdict).toMatchObject({ holds: true, faults: [] });
}

describe('a Postgres of its own', () => {
  let postgres: OwnPostgres;
  let pipeline: Pipeline;
  let processes: WorkerProcess[];
  beforeAll(async () => {
    postgres = await startOwnPostgres();
    pipeline = await openPipeline({ store, sql: postgres.sql, databaseUrl: postgres.url });
    processes = await Promise.all([
      pipeline.startWorker({ SLUICE_WORKER_ID: 'w1' }),
      pipeline.startWorker({ SLUICE_WORKER_ID: 'w2' }),
      pipeline.startCollector(),
    ]);
  }, 300_000);
  afterAll(async () => {
    await pipeline.close();
    await postgres.close();
  });

  test('killed with SIGKILL under load and started again: collectors and workers go on by themselves, acknowledged lines are delivered exactly once', async () => {
    const producers = pipeline.startProducers();
    await untilMoving(pipeline, processes);
    for (const kill of [postgres.kill, postgres.killPostmaster]) {
      await kill();
      const { size } = producers.acked;
      await postgres.restart();
      await untilMoving(pipeline, processes);
      expect(producers.acked.size).toBeGreaterThan(size);
    }
    await expectAllOnce(pipeline);
  }, 300_000);

  // `npm test` says at its end what of the second tier did not run.
  test.runIf(process.env.SLUICE_TEST_TIER2 === '1')(
    'standing still for 30 s under load: what was acknowledged is delivered exactly once, with no hand on it',
    async () => {
      pipeline.startProducers();
      await untilMoving(pipeline, processes);
      const beganAt = performance.now();
      postgres.freeze();
      await waitUntil(
        'it stood still for 30 s',
        () => performance.now() - beganAt > STALL_MS,
        STALL_MS + 5_000,
      );
      postgres.thaw();
      await untilMoving(pipeline, processes);
      await expectAllOnce(pipeline);
    },
    300_000,
  );
});

test('replies of the database are lost again and again, to collector and worker, so that nobody knows what was stored: each line is delivered exactly once', async () => {
  const database = await createTestDatabase();
  const target = Number(new URL(database.url).port);
  const proxies = await Promise.all([startTcpProxy(target), startTcpProxy(target)]);
  const urls = proxies.map(({ port }) => Object.assign(new URL(database.url), { port: String(port) }).href);
  const pipeline = await openPipeline({ store, sql: database.sql, databaseUrl: database.url });
  try {
    const processes = await Promise.all([
      pipeline.startWorker({ DATABASE_URL: urls[0] ?? '' }),
      pipeline.startCollector({ DATABASE_URL: urls[1] ?? '' }),
    ]);
    pipeline.startProducers({ keyed: 4, unkeyed: 0 });
    await untilMoving(pipeline, processes);
    for (let lost = 0; lost < LOST_REPLIES; lost += 1) {
      const { head } = await pipeline.watch.lane();
      for (const proxy of proxies) proxy.loseNextReply();
      await waitUntil(
        'lines are taken all the same',
        async () => (await pipeline.watch.lane()).head > head,
        PATIENCE_MS,
      );
    }
    await untilMoving(pipeline, processes);
    await expectAllOnce(pipeline);
  } finally {
    await pipeline.close();
    await Promise.all(proxies.map((proxy) => proxy.close()));
    await database.close();
  }
}, 300_000);
