import { afterAll, expect, test } from 'vitest';
import { pauseRouting } from '@/lib/services/routing/pause';
import { resumeRouting } from '@/lib/services/routing/resume';
import { createCtxFactory } from '@/lib/testing/ctx';
import { readDeliveredLines } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { createDeliverySuite } from '@/lib/testing/delivery-suite';
import { appendLines, createTestRouting, numberedLines, type TestRouting } from '@/lib/testing/routing';
import { waitUntil } from '@/lib/testing/wait-until';

const { database, store, log, close } = await createDeliverySuite({ workers: 2 });
const ctx = await createCtxFactory(database).ctxOf('admin');
afterAll(close);

function putsSeen({ prefix }: TestRouting): { key: string; receivedAtMs: number }[] {
  return store.control.seenRequests
    .list({ operation: 'PutObject' })
    .filter((seen) => seen.key.startsWith(prefix));
}

test('pause starts no PUT after 2 s, resume goes on where it stood, and every line lands once', async () => {
  const { sql } = database;
  const routing = await createTestRouting({ sql, store });
  const watch = watchRouting(sql, routing);
  const input = { routingId: routing.routingId };
  const lines = numberedLines('p', 400);
  await appendLines(log, routing.streamId, lines.slice(0, 100), { linesPerChunk: 20 });
  await watch.untilLifecycle('active');

  const streaming = appendLines(log, routing.streamId, lines.slice(100, 200), { linesPerChunk: 2 });
  await pauseRouting({ ctx, input });
  const pausedAtMs = Date.now();
  await watch.untilLifecycle('paused');
  await streaming;
  await appendLines(log, routing.streamId, lines.slice(200, 300), { linesPerChunk: 20 });
  await watch.untilDispatched(5);
  expect(putsSeen(routing).filter((put) => put.receivedAtMs > pausedAtMs + 2_000)).toEqual([]);
  const { done, head } = await watch.lane();
  expect(done).toBeLessThan(head);

  await resumeRouting({ ctx, input });
  await appendLines(log, routing.streamId, lines.slice(300), { linesPerChunk: 20 });
  await watch.untilLifecycle('active');
  await watch.untilCaughtUp();
  expect(await readDeliveredLines(store, sql, routing.prefix)).toEqual([...lines].sort());
  expect(await watch.transitions()).toEqual([
    'starting → delivering',
    'delivering → pausing',
    'pausing → paused',
    'paused → resuming',
    'resuming → delivering',
  ]);
});

test('a PUT in flight may finish: the routing is pausing until it has', async () => {
  const { sql } = database;
  const routing = await createTestRouting({ sql, store });
  const watch = watchRouting(sql, routing);
  const { faultId } = store.control.faults.add({
    match: { operation: 'PutObject', prefix: routing.prefix },
    effect: { kind: 'hang', applied: false },
  });
  const lines = numberedLines('flight', 10);
  await appendLines(log, routing.streamId, lines);
  await store.control.faults.waitForHits(faultId, 1, 30_000);
  await pauseRouting({ ctx, input: { routingId: routing.routingId } });
  await watch.untilDispatched(3);
  expect((await watch.routing()).lifecycle).toBe('pausing');
  store.control.faults.clear(faultId);
  await watch.untilLifecycle('paused');
  expect(await readDeliveredLines(store, sql, routing.prefix)).toEqual([...lines].sort());
});

test('a cut whose PUT failed waits through a pause and is delivered under its key afterwards', async () => {
  const { sql } = database;
  const routing = await createTestRouting({ sql, store });
  const watch = watchRouting(sql, routing);
  const input = { routingId: routing.routingId };
  store.control.faults.add({
    match: { operation: 'PutObject', prefix: routing.prefix },
    effect: { kind: 'answer', status: 503, code: 'SlowDown' },
  });
  const lines = numberedLines('wait', 10);
  await appendLines(log, routing.streamId, lines);
  await watch.untilBackingOff(1);
  const sealedKey = putsSeen(routing)[0]?.key;
  await pauseRouting({ ctx, input });
  await watch.untilLifecycle('paused');
  await watch.letTimePass(60_000);
  await watch.untilDispatched(3);
  expect(await store.listKeys(routing.prefix)).toEqual([]);
  await resumeRouting({ ctx, input });
  await watch.untilCaughtUp();
  expect(await store.listKeys(routing.prefix)).toEqual([sealedKey]);
});

test('pausing and resuming over and over under load loses and doubles nothing', async () => {
  const { sql } = database;
  const routing = await createTestRouting({ sql, store });
  const watch = watchRouting(sql, routing);
  const input = { routingId: routing.routingId };
  const lines = numberedLines('flip', 600);
  for (let round = 0; round < 6; round += 1) {
    await appendLines(log, routing.streamId, lines.slice(round * 100, round * 100 + 100), {
      linesPerChunk: 10,
    });
    await waitUntil('a cut is on its way', async () => {
      const lane = await watch.lane();
      return lane.next > lane.done || lane.done > round * 10;
    });
    await pauseRouting({ ctx, input });
    await resumeRouting({ ctx, input });
  }
  await watch.untilCaughtUp();
  expect(await readDeliveredLines(store, sql, routing.prefix)).toEqual([...lines].sort());
});
