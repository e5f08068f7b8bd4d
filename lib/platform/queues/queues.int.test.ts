import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { JobDefinition } from '@/lib/domain/jobs/job-definition';
import { queueConnections } from '@/lib/platform/connection-budget';
import { createLogger } from '@/lib/platform/logger';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { openQueueBackend, type QueueBackend } from '@/lib/testing/queue-backend';
import { waitUntil } from '@/lib/testing/wait-until';
import { createQueues } from './create-queues';
import type { Queues } from './queues';

interface Payload {
  readonly n: number;
}

let database: TestDatabase;
let backend: QueueBackend;
let queues: Queues;
beforeAll(async () => {
  database = await createTestDatabase();
  backend = openQueueBackend(database);
  queues = await openQueues();
});
afterAll(async () => {
  await queues.close();
  await backend.close();
  await database.close();
});

let stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops) await stop();
  stops = [];
});

function openQueues(): Promise<Queues> {
  const logger = createLogger('test', 'silent');
  return createQueues({ ...backend.options, consumersMax: 2, logger });
}

let count = 0;
function newJob(dedupTtlMs = 60_000): JobDefinition<Payload> {
  count += 1;
  return {
    name: `test.job-${count}`,
    payload: z.object({ n: z.number() }),
    dedupId: ({ n }) => `n-${n}`,
    dedupTtlMs,
  };
}

function collect(job: JobDefinition<Payload>, from: Queues = queues): number[] {
  const seen: number[] = [];
  const consumer = from.consume(job, {
    concurrency: 2,
    handle: async ({ n }) => {
      seen.push(n);
      if (n < 0) throw new Error('a handler that fails');
    },
  });
  stops.push(() => consumer.stop(5_000));
  return seen;
}

test('a published job reaches a consumer in another process’s queues and leaves nothing behind', async () => {
  const job = newJob();
  const seen = collect(job);
  const other = await openQueues();
  await other.publish(job, [{ n: 1 }, { n: 2 }], 'fold');
  await waitUntil('both jobs were handled', () => seen.length === 2);
  expect(seen.sort()).toEqual([1, 2]);
  await waitUntil('the jobs are gone', async () => (await backend.keptJobs(job.name)).length === 0);
  await other.close();
});

test('wake-ups for the same thing fold into one; always runs besides', async () => {
  const job = newJob();
  await queues.publish(job, [{ n: 1 }, { n: 1 }, { n: 2 }], 'fold');
  await queues.publish(job, [{ n: 1 }], 'fold');
  await queues.publish(job, [{ n: 1 }], 'always');
  expect(await queues.countWaiting(job)).toBe(3);
  const seen = collect(job);
  await waitUntil('three jobs were handled', () => seen.length === 3);
  expect(seen.sort()).toEqual([1, 1, 2]);
});

test('the job that waits longest is known by when it was published', async () => {
  const job = newJob();
  expect(await queues.oldestWaitingAtMs(job)).toBeNull();
  const before = Date.now();
  await queues.publish(job, [{ n: 1 }], 'always');
  const first = await queues.oldestWaitingAtMs(job);
  await queues.publish(job, [{ n: 2 }], 'always');
  expect(first).toBeGreaterThanOrEqual(before);
  expect(await queues.oldestWaitingAtMs(job)).toBe(first);
  const seen = collect(job);
  await waitUntil('both jobs were handled', () => seen.length === 2);
  expect(await queues.oldestWaitingAtMs(job)).toBeNull();
});

test('a wake-up may come again once its time to fold is over', async () => {
  const job = newJob(1);
  const seen = collect(job);
  await waitUntil('it was handled twice', async () => {
    await queues.publish(job, [{ n: 7 }], 'fold');
    return seen.length >= 2;
  });
});

test('a handler that fails or a payload that does not parse stops nobody and is not kept', async () => {
  const job = newJob();
  const seen = collect(job);
  const strange = { ...job, payload: z.object({ m: z.string() }), dedupId: () => 'm' };
  await queues.publish<{ m: string }>(strange, [{ m: 'not a number' }], 'always');
  await queues.publish(job, [{ n: -1 }, { n: 3 }], 'always');
  await waitUntil('the job after it was handled', () => seen.includes(3));
  await waitUntil('nothing is kept', async () => (await backend.keptJobs(job.name)).length === 0);
});

test('an emptied backend loses the jobs and nothing else: what is published afterwards is handled', async () => {
  const job = newJob();
  const seen = collect(job);
  await queues.publish(job, [{ n: 1 }], 'fold');
  await waitUntil('the first was handled', () => seen.includes(1));
  await backend.wipe();
  await queues.publish(job, [{ n: 1 }, { n: 2 }], 'fold');
  await waitUntil('those after it were handled', () => seen.length === 3);
  expect(seen.sort()).toEqual([1, 1, 2]);
});

test('stopping waits for the job in hand', async () => {
  const job = newJob();
  let isDone = false;
  let letGo: () => void = () => undefined;
  let isTaken = false;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const consumer = queues.consume(job, {
    concurrency: 1,
    handle: async () => {
      isTaken = true;
      await held;
      isDone = true;
    },
  });
  await queues.publish(job, [{ n: 1 }], 'fold');
  await waitUntil('it was taken', () => isTaken);
  const stopped = consumer.stop(10_000);
  letGo();
  await stopped;
  expect(isDone).toBe(true);
});

test('a process with two consumers keeps to its budget of connections', async () => {
  const before = await backend.countConnections();
  const own = await openQueues();
  const job = newJob();
  const seen = [collect(job, own), collect(newJob(), own)];
  await own.publish(job, [{ n: 1 }], 'always');
  await waitUntil('it was handled', () => seen[0]?.length === 1);
  const opened = (await backend.countConnections()) - before;
  expect(opened).toBeGreaterThan(1);
  expect(opened).toBeLessThanOrEqual(queueConnections(2));
  stops.push(() => own.close());
});

test('an unreachable server is an error at once', async () => {
  const logger = createLogger('test', 'silent');
  const none = {
    databaseUrl: 'postgresql://nobody:x@127.0.0.1:1/none',
    redisUrl: backend.options.redisUrl === undefined ? undefined : 'redis://127.0.0.1:1',
    redisPrefix: 'none',
  };
  await expect(createQueues({ ...none, consumersMax: 1, logger })).rejects.toThrow('ECONNREFUSED');
});
