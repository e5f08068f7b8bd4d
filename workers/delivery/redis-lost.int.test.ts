import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RedisServer, startRedis } from '@/dev/redis/start';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { readDeliveredLines } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { appendLines, createTestRouting, numberedLines, type TestRouting } from '@/lib/testing/routing';
import { waitUntil } from '@/lib/testing/wait-until';
import { startTestWorker, type TestWorker } from '@/lib/testing/worker';

const FLUSH_MS = 300;
/** A lost queue delays work by no more than this on top of the flush interval. */
const RESUME_MS = 5_000;

// `npm test` says at its end what of the second tier did not run.
describe.runIf(process.env.SLUICE_TEST_TIER2 === '1')('Redis is lost under load', () => {
  let database: TestDatabase;
  let store: TestObjectStore;
  let redis: RedisServer;
  let workers: TestWorker[] = [];
  beforeAll(async () => {
    database = await createTestDatabase({ connectionsMax: 20 });
    store = await startTestObjectStore();
    redis = await startRedis();
    const { url: redisUrl } = redis;
    workers = await Promise.all(
      ['w1', 'w2'].map((workerId) => startTestWorker({ database, workerId, redisUrl })),
    );
  }, 120_000);
  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
    await redis.close();
    await store.close();
    await database.close();
  });

  /** Appends to every routing again and again until told to stop; what it appended, by routing. */
  function keepAppending(routings: readonly TestRouting[]) {
    const log = createPostgresEventLog({ sql: database.sql });
    const appended = new Map<TestRouting, string[]>(routings.map((routing) => [routing, []]));
    let isStopped = false;
    const run = async () => {
      for (let round = 0; !isStopped; round += 1) {
        for (const routing of routings) {
          const lines = numberedLines(routing.routingId.slice(0, 6), 10, round * 10);
          await appendLines(log, routing.streamId, lines, { linesPerChunk: 5 });
          appended.get(routing)?.push(...lines);
        }
      }
    };
    const running = run();
    const stop = async () => {
      isStopped = true;
      await running;
      return appended;
    };
    return { stop };
  }

  async function doneOf({ routingId }: TestRouting): Promise<number> {
    const { rows } = await database.sql.query<{ done: number }>(
      'SELECT done FROM lane WHERE routing_id = $1',
      [routingId],
    );
    return rows[0]?.done ?? 0;
  }

  async function untilDeliveryResumes(routings: readonly TestRouting[]): Promise<void> {
    const before = await Promise.all(routings.map(doneOf));
    const isMoved = async () =>
      (await Promise.all(routings.map(doneOf))).every((done, index) => done > (before[index] ?? 0));
    await waitUntil('every lane moves again', isMoved, FLUSH_MS + RESUME_MS);
  }

  test('emptied again and again, and killed and started empty: nothing is lost, nothing doubled, delivery goes on', async () => {
    const { sql } = database;
    const routings = await Promise.all(
      [1, 2, 3, 4].map(() => createTestRouting({ sql, store, flushIntervalMs: FLUSH_MS })),
    );
    const load = keepAppending(routings);
    await untilDeliveryResumes(routings);
    const vandal = new Redis(redis.url);
    for (let round = 0; round < 5; round += 1) {
      await vandal.flushall();
      await untilDeliveryResumes(routings);
    }
    vandal.disconnect();
    await redis.kill();
    const [first] = routings;
    const stoodAt = await doneOf(first!);
    await watchRouting(sql, first!).untilDispatched(2);
    await redis.restart();
    await untilDeliveryResumes(routings);
    expect(await doneOf(first!)).toBeGreaterThan(stoodAt);
    const appended = await load.stop();
    for (const routing of routings) {
      await watchRouting(sql, routing).untilCaughtUp();
      expect(await readDeliveredLines(store, sql, routing.prefix)).toEqual(
        [...appended.get(routing)!].sort(),
      );
    }
  }, 120_000);
});
