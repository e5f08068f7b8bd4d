import { afterAll, afterEach, expect, test } from 'vitest';
import type { DataType } from '@/lib/domain/data-type';
import type { UpdateRoutingInput } from '@/lib/domain/routing/input';
import { getRouting } from '@/lib/services/routing/get';
import { updateRouting } from '@/lib/services/routing/update';
import { ensureStream } from '@/lib/services/stream/ensure-stream';
import { createCtxFactory } from '@/lib/testing/ctx';
import { readDeliveredLines } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { createDeliverySuite } from '@/lib/testing/delivery-suite';
import { linesNamed, namedEventLines } from '@/lib/testing/event-lines';
import { appendLines, createTestRouting, numberedLines, type TestRouting } from '@/lib/testing/routing';
import { waitUntil } from '@/lib/testing/wait-until';

const { database, store, log, close } = await createDeliverySuite();
const ctx = await createCtxFactory(database).ctxOf('technical_services');
afterAll(close);
afterEach(() => store.control.faults.clear());

/** Saves the routing's settings with these changes, as the settings page does. */
async function edit({ routingId }: TestRouting, changes: Partial<UpdateRoutingInput>): Promise<void> {
  const now = await getRouting({ ctx, input: { routingId } });
  const { name, dataTypes, eventNames, promiseSeconds, flushIntervalMs, version } = now;
  const { endpoint, bucket, region, prefix, kmsKeyArn } = now.destination;
  const settings = { name, dataTypes: [...dataTypes], eventNames: [...eventNames], promiseSeconds };
  const place = { endpoint, bucket, region, prefix, kmsKeyArn };
  const slow = Math.max(flushIntervalMs, 5_000);
  await updateRouting({
    ctx,
    input: { routingId, version, ...settings, flushIntervalMs: slow, ...place, ...changes },
  });
  // The least interval that a person may choose is long for a test.
  await database.sql.query('UPDATE routing SET flush_interval_ms = 100 WHERE id = $1', [routingId]);
}

async function laneOf({ routingId }: TestRouting, streamId: number) {
  const { rows } = await database.sql.query<{ next: number; done: number; running: boolean; epoch: number }>(
    'SELECT next, done, running, epoch FROM lane WHERE routing_id = $1 AND stream_id = $2',
    [routingId, streamId],
  );
  return rows[0] ?? null;
}

const delivered = ({ prefix }: TestRouting, type: DataType) =>
  readDeliveredLines(store, database.sql, `${prefix}type=${type}/`);

async function createWithAliases(dataTypes: readonly DataType[]) {
  const routing = await createTestRouting({ sql: database.sql, store, dataTypes });
  const aliases = await ensureStream(database.sql, { ...routing.tenant, type: 'sync_aliases' });
  const append = async (name: string) => {
    const lines = numberedLines(name, 10);
    await appendLines(log, aliases, lines);
    return lines;
  };
  const untilDone = () =>
    waitUntil('the lane of aliases is done', async () => {
      const lane = await laneOf(routing, aliases);
      return lane?.done === (await log.head(aliases)).nextOffset && lane.next === lane.done;
    });
  return { routing, aliases, append, untilDone };
}

test('a type that is added begins at the head, also where the routing itself began with the earliest', async () => {
  const { routing, aliases, append, untilDone } = await createWithAliases(['events']);
  await database.sql.query(`UPDATE routing SET start_from = 'earliest' WHERE id = $1`, [routing.routingId]);
  await append('before');
  expect(await laneOf(routing, aliases)).toBeNull();
  await edit(routing, { dataTypes: ['events', 'sync_aliases'] });
  expect(await laneOf(routing, aliases)).toMatchObject({ next: 1, done: 1, running: true });
  const after = await append('after');
  await untilDone();
  expect(await delivered(routing, 'sync_aliases')).toEqual([...after].sort());
});

test('segments that are added begin with the newest snapshot', async () => {
  const routing = await createTestRouting({ sql: database.sql, store });
  const segments = await ensureStream(database.sql, { ...routing.tenant, type: 'segment' });
  await appendLines(log, segments, numberedLines('old', 3), { snapshotEnd: true });
  const newest = numberedLines('new', 4);
  await appendLines(log, segments, newest, { snapshotEnd: true });
  await edit(routing, { dataTypes: ['events', 'segment'] });
  await watchRouting(database.sql, routing).untilCaughtUp();
  expect(await delivered(routing, 'segment')).toEqual([...newest].sort());
});

test('a type that is taken out stops, put back it goes on from then, and the others are not touched', async () => {
  const { routing, aliases, append, untilDone } = await createWithAliases(['events', 'sync_aliases']);
  const first = await append('first');
  await untilDone();
  await edit(routing, { dataTypes: ['events'] });
  expect(await laneOf(routing, aliases)).toMatchObject({ running: false });
  await append('unwanted');
  const events = numberedLines('event', 10);
  await appendLines(log, routing.streamId, events);
  await waitUntil('the events have landed', async () => (await delivered(routing, 'events')).length === 10);
  expect(await delivered(routing, 'sync_aliases')).toEqual([...first].sort());
  await edit(routing, { dataTypes: ['events', 'sync_aliases'] });
  const last = await append('last');
  await untilDone();
  expect(await delivered(routing, 'sync_aliases')).toEqual([...first, ...last].sort());
});

test('the open cut of a type that is taken out is finished, and nothing new is decided', async () => {
  const { routing, aliases, append } = await createWithAliases(['events', 'sync_aliases']);
  const watch = watchRouting(database.sql, routing);
  const { faultId } = store.control.faults.add({
    match: { operation: 'PutObject', prefix: `${routing.prefix}type=sync_aliases` },
    effect: { kind: 'answer', status: 503, code: 'SlowDown' },
    times: null,
  });
  const decided = await append('decided');
  await store.control.faults.waitForHits(faultId, 1, 20_000);
  await edit(routing, { dataTypes: ['events'] });
  await append('unwanted');
  store.control.faults.clear(faultId);
  await waitUntil('its lane stands still behind the cut', async () => {
    await watch.letTimePass(0);
    const lane = await laneOf(routing, aliases);
    return lane?.running === false && lane.next === lane.done;
  });
  expect(await delivered(routing, 'sync_aliases')).toEqual([...decided].sort());
  expect((await log.head(aliases)).nextOffset).toBeGreaterThan((await laneOf(routing, aliases))!.done);
});

test('a lane that is put back while its last cut is open loses and doubles nothing of what was wanted', async () => {
  const { routing, append, untilDone } = await createWithAliases(['events', 'sync_aliases']);
  const watch = watchRouting(database.sql, routing);
  const { faultId } = store.control.faults.add({
    match: { operation: 'PutObject', prefix: `${routing.prefix}type=sync_aliases` },
    effect: { kind: 'drop', applied: true },
    times: null,
  });
  const decided = await append('decided');
  await store.control.faults.waitForHits(faultId, 1, 20_000);
  await edit(routing, { dataTypes: ['events'] });
  await edit(routing, { dataTypes: ['events', 'sync_aliases'] });
  const later = await append('later');
  store.control.faults.clear(faultId);
  await watch.letTimePass(0);
  await untilDone();
  expect(await delivered(routing, 'sync_aliases')).toEqual([...decided, ...later].sort());
});

test('an edit of the filter leaves the open cut as it was decided, counts from the next one on, and is audited', async () => {
  const routing = await createTestRouting({ sql: database.sql, store, eventNames: ['Pageview'] });
  const watch = watchRouting(database.sql, routing);
  const names = ['Pageview', 'SlotClicked', 'Scroll'];
  const { faultId } = store.control.faults.add({
    match: { operation: 'PutObject', prefix: routing.prefix },
    effect: { kind: 'drop', applied: true },
    times: null,
  });
  const before = namedEventLines(names, 30);
  await appendLines(log, routing.streamId, before, { linesPerChunk: 10 });
  await store.control.faults.waitForHits(faultId, 1, 20_000);
  const { next, epoch } = (await laneOf(routing, routing.streamId))!;
  await edit(routing, { eventNames: ['Scroll', 'SlotClicked'] });
  expect((await laneOf(routing, routing.streamId))?.epoch).toBeGreaterThan(epoch);
  store.control.faults.clear(faultId);
  const after = namedEventLines(names, 30);
  await appendLines(log, routing.streamId, after, { linesPerChunk: 10 });
  await watch.letTimePass(0);
  await watch.untilCaughtUp();
  const cut = before.slice(0, next * 10);
  expect(await delivered(routing, 'events')).toEqual(
    [
      ...linesNamed(cut, ['Pageview']),
      ...linesNamed([...before.slice(next * 10), ...after], ['Scroll', 'SlotClicked']),
    ].sort(),
  );
  const { rows } = await database.sql.query<{ detail: unknown }>(
    `SELECT detail FROM audit_event WHERE target = $1 AND action = 'routing.update'`,
    [`routing:${routing.routingId}`],
  );
  expect(rows[0]?.detail).toMatchObject({
    'eventNames.before': ['Pageview'],
    'eventNames.after': ['Scroll', 'SlotClicked'],
  });
});
