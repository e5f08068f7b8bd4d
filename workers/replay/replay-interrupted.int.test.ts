import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import type { Ctx } from '@/lib/services/context';
import { cancelReplay } from '@/lib/services/replay/cancel';
import { readReplay } from '@/lib/services/replay/read';
import { startReplay } from '@/lib/services/replay/start';
import { pauseRouting } from '@/lib/services/routing/pause';
import { resumeRouting } from '@/lib/services/routing/resume';
import { createCtxFactory } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { readDeliveredLines } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { deliverFiles, letReplaysGoOn, theseHours, untilReplayed } from '@/lib/testing/replayed';
import { createTestRouting, numberedLines, type TestRouting, testSealKeyPair } from '@/lib/testing/routing';
import { waitUntil } from '@/lib/testing/wait-until';
import { startTestWorker } from '@/lib/testing/worker';
import { startWorkerProcess } from '@/lib/testing/worker-process';

// Each of these waits for several deliveries; a busy machine takes its time.
vi.setConfig({ testTimeout: 180_000 });

// A database each: a worker of one test must not carry out another one's replay.
let database: TestDatabase;
let store: TestObjectStore;
let log: EventLog;
let ctx: Ctx;
beforeAll(async () => {
  store = await startTestObjectStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  database = await createTestDatabase({ connectionsMax: 10 });
  log = createPostgresEventLog({ sql: database.sql });
  ctx = await createCtxFactory(database).ctxOf('ops');
  return () => database.close();
});

/** A routing whose delivered files the customer has removed, all of them, and no worker. */
async function removed(
  files: number,
  key?: { accessKeyId: string; secretAccessKey: string },
): Promise<{ routing: TestRouting; lines: string[] }> {
  const { sql } = database;
  const routing = await createTestRouting({ sql, store: { ...store, ...key } });
  const worker = await startTestWorker({ database, workerId: 'live' });
  const keys = await deliverFiles({ sql, log }, routing, files);
  await watchRouting(sql, routing).untilLifecycle('active');
  await worker.stop();
  await Promise.all(keys.map((each) => store.deleteObject(each)));
  return { routing, lines: numberedLines('r', files * 10).sort() };
}

function fill({ routingId }: TestRouting) {
  return startReplay({ ctx, input: { routingId, types: ['events'], mode: 'fill', ...theseHours() } });
}

function delivered(routing: TestRouting): Promise<string[]> {
  return readDeliveredLines(store, database.sql, routing.prefix);
}

/** How often each key under the prefix was written. */
function writes({ prefix }: TestRouting): number[] {
  const written = new Map<string, number>();
  for (const { key, status } of store.control.seenRequests.list({ operation: 'PutObject' })) {
    if (key.startsWith(prefix) && status === 200) written.set(key, (written.get(key) ?? 0) + 1);
  }
  return [...written.values()];
}

test('workers killed before and after a PUT leave nothing missing and nothing doubled', async () => {
  const { routing, lines } = await removed(4);
  const started = await fill(routing);
  for (const crashAt of ['after_put_before_finish:2', 'during_put']) {
    const worker = await startWorkerProcess('worker', {
      DATABASE_URL: database.url,
      SLUICE_SEAL_PRIVATE_KEYS: testSealKeyPair().privateKeyPem,
      SLUICE_CRASH_AT: crashAt,
    });
    expect(await worker.ended).toMatchObject({ signal: 'SIGKILL' });
    await letReplaysGoOn(database.sql);
  }
  const worker = await startTestWorker({ database, workerId: 'heir' });
  const done = await untilReplayed(ctx, started);
  await worker.stop();
  // Also the one whose worker died before it could say so: a look had found its key empty.
  expect(done.counts).toMatchObject({ restored: 4, present: 0 });
  expect(await delivered(routing)).toEqual(lines);
  // Once when it was delivered, once when it was restored.
  expect(writes(routing)).toEqual([2, 2, 2, 2]);
});

test('two workers share a replay: each file is restored once', async () => {
  const { routing, lines } = await removed(8);
  const workers = await Promise.all(['w1', 'w2'].map((workerId) => startTestWorker({ database, workerId })));
  const done = await untilReplayed(ctx, await fill(routing));
  await Promise.all(workers.map((worker) => worker.stop()));
  expect(done.counts).toMatchObject({ restored: 8, present: 0 });
  expect(await delivered(routing)).toEqual(lines);
  expect(writes(routing)).toEqual(Array.from({ length: 8 }, () => 2));
});

test('a key revoked in the middle holds the replay and says why; it goes on by itself once the key is back', async () => {
  const key = await store.control.createKey();
  const { routing, lines } = await removed(3, key);
  let puts = 0;
  const worker = await startTestWorker({
    database,
    workerId: 'w1',
    wrapStore: (s3) => ({
      ...s3,
      putIfAbsent: async (request) => {
        puts += 1;
        if (puts === 2) await store.control.revokeKey(key);
        return s3.putIfAbsent(request);
      },
    }),
  });
  const started = await fill(routing);
  const input = { routingId: routing.routingId, replayId: started.id };
  const held = await waitUntil('the replay waits', async () => {
    const { replay } = await readReplay({ ctx, input });
    return replay.heldCause === 'access_key_unknown' && replay;
  });
  expect(held.state).toBe('running');
  expect(held.counts).toMatchObject({ failed: 0, conflict: 0 });
  expect(held.counts.restored).toBeGreaterThanOrEqual(1);
  // Live delivery is not blamed for it: the routing hears of its access by its own files.
  expect((await watchRouting(database.sql, routing).lane()).failures).toBe(0);
  await store.control.restoreKey(key);
  await letReplaysGoOn(database.sql);
  const done = await untilReplayed(ctx, started);
  await worker.stop();
  expect(done).toMatchObject({ heldCause: null, counts: { restored: 3 } });
  expect(await delivered(routing)).toEqual(lines);
});

test('a paused routing’s replay stands still, and goes on with it', async () => {
  const { routing, lines } = await removed(3);
  const { routingId } = routing;
  const worker = await startTestWorker({ database, workerId: 'w1' });
  await pauseRouting({ ctx, input: { routingId } });
  const watch = watchRouting(database.sql, routing);
  await watch.untilLifecycle('paused');
  const started = await fill(routing);
  expect(started.isPaused).toBe(true);
  await watch.untilDispatched(6);
  expect(await store.listKeys(routing.prefix)).toEqual([]);
  await resumeRouting({ ctx, input: { routingId } });
  expect((await untilReplayed(ctx, started)).counts.restored).toBe(3);
  await worker.stop();
  expect(await delivered(routing)).toEqual(lines);
});

test('a cancelled replay starts no further PUT, and says what it did not try', async () => {
  const { routing } = await removed(3);
  const input = { routingId: routing.routingId };
  const started = await fill(routing);
  const cancelled = await cancelReplay({ ctx, input: { ...input, replayId: started.id } });
  expect(cancelled).toMatchObject({ state: 'cancelled', counts: { pending: 3 } });
  const worker = await startTestWorker({ database, workerId: 'w1' });
  await watchRouting(database.sql, routing).untilDispatched(4);
  await worker.stop();
  expect(await store.listKeys(routing.prefix)).toEqual([]);
});
