import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RedisServer, startRedis } from '@/dev/redis/start';
import { startTcpFaultProxy, type TcpFaultProxy } from '@/dev/tcp-fault-proxy/start';
import type { TcpFault } from '@/dev/tcp-fault-proxy/tcp-fault';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { openPipeline, type Pipeline } from '@/lib/testing/pipeline';
import { openQueueBackend, type QueueBackend } from '@/lib/testing/queue-backend';
import { waitUntil } from '@/lib/testing/wait-until';

const CUTS: readonly { readonly what: string; readonly fault: TcpFault }[] = [
  { what: 'refused', fault: { refuse: true } },
  { what: 'reset on the way back', fault: { cutAfter: { direction: 'to-client', bytes: 500 } } },
  { what: 'reset on the way out', fault: { cutAfter: { direction: 'to-target', bytes: 500 } } },
  { what: 'a black hole', fault: { blackHole: true } },
  { what: 'mute on the way back', fault: { blackHole: 'to-client' } },
];
/** Longer than a worker waits for an answer of Redis. */
const FOR_MS = 6_000;
const DEADLINE_MS = 90_000;

// `npm test` says at its end what of the second tier did not run.
describe.runIf(process.env.SLUICE_TEST_TIER2 === '1')('the line between a worker and Redis', () => {
  let database: TestDatabase;
  let store: TestObjectStore;
  let redis: RedisServer;
  let proxy: TcpFaultProxy;
  let queue: QueueBackend;
  let pipeline: Pipeline;
  beforeAll(async () => {
    database = await createTestDatabase();
    store = await startTestObjectStore();
    redis = await startRedis();
    proxy = await startTcpFaultProxy({ targetPort: Number(new URL(redis.url).port) });
    queue = openQueueBackend(database, redis.url);
    const through = Object.assign(new URL(redis.url), { port: String(proxy.port) }).href;
    const { redisPrefix } = queue.options;
    const env = { REDIS_URL: through, SLUICE_REDIS_PREFIX: redisPrefix };
    pipeline = await openPipeline({ store, sql: database.sql, databaseUrl: database.url, env });
    await pipeline.startWorker();
    await pipeline.startCollector();
  }, 120_000);
  afterAll(async () => {
    await pipeline.close();
    await queue.close();
    await proxy.close();
    await redis.close();
    await store.close();
    await database.close();
  });

  async function untilMoving(): Promise<void> {
    const before = await pipeline.watch.lane();
    const isMoved = async () => {
      const lane = await pipeline.watch.lane();
      return lane.head > before.head && lane.done > before.head;
    };
    await waitUntil('lines are delivered', isMoved, DEADLINE_MS);
  }

  async function cut(fault: TcpFault): Promise<void> {
    const endsAt = performance.now() + FOR_MS;
    proxy.setFault(fault);
    if (fault.refuse) proxy.cutAll();
    await waitUntil('the line was cut for long enough', () => performance.now() > endsAt, FOR_MS + 5_000);
    // Every wake-up that was kept meanwhile is gone as well.
    await queue.wipe();
    proxy.setFault({});
  }

  test('is refused, reset and swallowed under load, and the queue wiped each time: everything is delivered once, with no hand on it', async () => {
    const producers = pipeline.startProducers();
    await untilMoving();
    expect(await queue.countConnections()).toBeGreaterThan(0);
    for (const { fault } of CUTS) {
      await cut(fault);
      await untilMoving();
    }
    expect(await pipeline.finish()).toMatchObject({ holds: true, faults: [] });
    expect(producers.acked.size).toBeGreaterThan(0);
  }, 600_000);
});
