import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { readDeliveredLines } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { createDeliverySuite } from '@/lib/testing/delivery-suite';
import {
  appendLines,
  createDestinationVersion,
  createTestRouting,
  numberedLines,
  type TestRouting,
} from '@/lib/testing/routing';

const { database, store, log, close } = await createDeliverySuite({ slots: { whole: 1, behind: 1 } });
afterEach(() => {
  store.control.faults.clear();
});
afterAll(close);

/** A routing with a key of its own and lines that wait in its lane. */
async function routingWithLines(name: string): Promise<{
  routing: TestRouting;
  watch: ReturnType<typeof watchRouting>;
  key: { accessKeyId: string; secretAccessKey: string };
  lines: string[];
}> {
  const key = await store.control.createKey();
  const routing = await createTestRouting({ sql: database.sql, store: { ...store, ...key } });
  const lines = numberedLines(name, 20);
  return { routing, watch: watchRouting(database.sql, routing), key, lines };
}

function strike(
  routing: TestRouting,
  effect: Parameters<typeof store.control.faults.add>[0]['effect'],
  times = 1,
) {
  const match = { operation: 'PutObject' as const, prefix: routing.prefix };
  return store.control.faults.add({ match, effect, times });
}

async function expectExactly(routing: TestRouting, lines: readonly string[]): Promise<void> {
  expect(await readDeliveredLines(store, database.sql, routing.prefix)).toEqual([...lines].sort());
}

describe('an answer that says little', () => {
  test('a reply lost after the write: the next try finds the own object and counts it once', async () => {
    const { routing, watch, lines } = await routingWithLines('lost');
    strike(routing, { kind: 'drop', applied: true });
    await appendLines(log, routing.streamId, lines);
    await watch.untilCaughtUp();
    await expectExactly(routing, lines);
    expect(await watch.attempts()).toMatchObject([
      { outcome: 'unknown', http_status: null },
      { outcome: 'refused', http_status: 412 },
    ]);
  });

  test.each([
    ['a reset before the write', { kind: 'drop', applied: false }],
    ['a 200 without ETag', { kind: 'no-etag' }],
    ['an error inside a 200', { kind: 'answer', status: 200, code: 'InternalError' }],
    ['a 500', { kind: 'answer', status: 500, code: 'InternalError' }],
    ['a conflict of conditional writes', { kind: 'answer', status: 409, code: 'ConditionalRequestConflict' }],
    ['a skewed clock', { kind: 'answer', status: 403, code: 'RequestTimeTooSkewed' }],
  ] as const)('%s is tried again under the same key', async (_, effect) => {
    const { routing, watch, lines } = await routingWithLines('again');
    strike(routing, effect);
    await appendLines(log, routing.streamId, lines);
    await watch.untilCaughtUp();
    await expectExactly(routing, lines);
    expect(await watch.attempts()).toHaveLength(2);
    expect((await watch.routing()).health).toBe('healthy');
  });

  test('an answer nobody lists holds the lane, and nothing is skipped', async () => {
    const { routing, watch, lines } = await routingWithLines('odd');
    strike(routing, { kind: 'answer', status: 418, code: 'Teapot' });
    await appendLines(log, routing.streamId, lines);
    await watch.untilHealth('blocked', 'unlisted_answer_418');
    expect(await watch.lane()).toMatchObject({ held_cause: 'unlisted_answer_418', done: 0 });
    await watch.untilDispatched(3);
    expect(await watch.attempts()).toHaveLength(1);
    await expectExactly(routing, []);
  });
});

describe('somebody else’s object under our key', () => {
  test('holds the lane, is not overwritten, and neighbours deliver on', async () => {
    const { routing, watch, lines } = await routingWithLines('mine');
    const neighbour = await routingWithLines('neighbour');
    strike(routing, { kind: 'foreign-object', text: 'a stranger’s' });
    await appendLines(log, routing.streamId, lines);
    await watch.untilHealth('blocked', 'conflict');
    await appendLines(log, neighbour.routing.streamId, neighbour.lines);
    await neighbour.watch.untilCaughtUp();
    await expectExactly(neighbour.routing, neighbour.lines);
    expect(await watch.lane()).toMatchObject({ held_cause: 'conflict', next: 1, done: 0 });
    const [key] = await store.listKeys(routing.prefix);
    expect((await store.getObject(key!)).body.toString()).toBe('a stranger’s');
    expect(await store.listKeys(routing.prefix)).toHaveLength(1);
  });

  test('once it is gone and the hold is let go, the same file is delivered', async () => {
    const { routing, watch, lines } = await routingWithLines('later');
    strike(routing, { kind: 'foreign-object' });
    await appendLines(log, routing.streamId, lines);
    await watch.untilHealth('blocked', 'conflict');
    const [key] = await store.listKeys(routing.prefix);
    await store.deleteObject(key!);
    await database.sql.query('UPDATE lane SET held_cause = NULL, epoch = epoch + 1 WHERE routing_id = $1', [
      routing.routingId,
    ]);
    await watch.untilCaughtUp();
    await expectExactly(routing, lines);
    expect(await store.listKeys(routing.prefix)).toEqual([key]);
  });

  test('a HEAD that is not allowed blocks and names the right that is missing', async () => {
    const { routing, watch, lines, key } = await routingWithLines('blind');
    const { denialId } = await store.control.deny({
      accessKeyId: key.accessKeyId,
      action: 's3:GetObject',
    });
    strike(routing, { kind: 'drop', applied: true });
    await appendLines(log, routing.streamId, lines);
    await watch.untilHealth('blocked', 'read_denied');
    await store.control.allow({ denialId });
    await watch.letTimePass(0);
    await watch.untilCaughtUp();
    await expectExactly(routing, lines);
  });
});

describe('access that goes away', () => {
  test('a revoked key blocks at the first hit; given back, the lane drains by itself', async () => {
    const { routing, watch, lines, key } = await routingWithLines('revoked');
    await appendLines(log, routing.streamId, lines.slice(0, 10));
    await watch.untilHealth('healthy', null);
    await store.control.revokeKey(key);
    await appendLines(log, routing.streamId, lines.slice(10));
    await watch.untilHealth('blocked', 'access_key_unknown');
    expect(await watch.lane()).toMatchObject({ backs_off: true, held_cause: null });
    await store.control.restoreKey(key);
    await watch.letTimePass(0);
    await watch.untilHealth('healthy', null);
    await watch.untilCaughtUp();
    await expectExactly(routing, lines);
    const steps = await watch.transitions();
    expect(steps).toContain('delivering → blocked');
    expect(steps).toContain('blocked → delivering');
  });

  test('a bare refusal is confirmed over three tries and 20 s before it blocks', async () => {
    const { routing, watch, lines, key } = await routingWithLines('denied');
    const { denialId } = await store.control.deny({
      accessKeyId: key.accessKeyId,
      action: 's3:PutObject',
    });
    await appendLines(log, routing.streamId, lines);
    await watch.untilHealth('failing', 'access_denied_unconfirmed');
    await watch.letTimePass(12_000);
    await watch.untilBackingOff(2);
    expect((await watch.routing()).health).toBe('failing');
    await watch.letTimePass(12_000);
    await watch.untilHealth('blocked', 'access_denied');
    await store.control.allow({ denialId });
    await watch.letTimePass(0);
    await watch.untilHealth('healthy', null);
    await expectExactly(routing, lines);
  });

  test('a rotated key frees a cut that is stuck, under the key it was sealed with', async () => {
    const { routing, watch, lines, key } = await routingWithLines('rotated');
    await store.control.revokeKey(key);
    await appendLines(log, routing.streamId, lines);
    await watch.untilHealth('blocked', 'access_key_unknown');
    const fresh = await store.control.createKey();
    const { tenant, routingId, prefix } = routing;
    const other = { ...store, ...fresh };
    // Another prefix: the cut stays where it was sealed.
    await createDestinationVersion({
      sql: database.sql,
      store: other,
      tenant,
      routingId,
      prefix: `${prefix}new/`,
      version: 2,
    });
    await watch.letTimePass(0);
    await watch.untilCaughtUp();
    await expectExactly(routing, lines);
    expect((await store.listKeys(routing.prefix)).every((found) => !found.includes('new/'))).toBe(true);
  });
});

describe('a store that asks for less', () => {
  test('SlowDown sends the lane into back-off while the only slot serves others', async () => {
    const { routing, watch, lines } = await routingWithLines('slow');
    const neighbour = await routingWithLines('quick');
    strike(routing, { kind: 'answer', status: 503, code: 'SlowDown' }, 2);
    await appendLines(log, routing.streamId, lines);
    const lane = await watch.untilBackingOff(1);
    expect(lane).toMatchObject({ backs_off: true, is_leased: false });
    await appendLines(log, neighbour.routing.streamId, neighbour.lines);
    await neighbour.watch.untilCaughtUp();
    expect((await watch.lane()).done).toBe(0);
    await watch.letTimePass(0);
    await watch.untilBackingOff(2);
    await watch.letTimePass(0);
    await watch.untilCaughtUp();
    await expectExactly(routing, lines);
    expect((await watch.lane()).failures).toBe(0);
  });
});

describe('fair share', () => {
  test('lanes that failed wait for the slots of their own kind; one that hangs there keeps no healthy lane waiting', async () => {
    const hanging = await routingWithLines('hanging');
    const failed = await routingWithLines('failed');
    const healthy = await routingWithLines('healthy');
    strike(failed.routing, { kind: 'answer', status: 503, code: 'SlowDown' });
    strike(hanging.routing, { kind: 'answer', status: 503, code: 'SlowDown' });
    const { faultId } = strike(hanging.routing, { kind: 'hang', applied: false });
    await appendLines(log, failed.routing.streamId, failed.lines);
    await failed.watch.untilBackingOff(1);
    await appendLines(log, hanging.routing.streamId, hanging.lines);
    await hanging.watch.untilBackingOff(1);
    await hanging.watch.letTimePass(0);
    await store.control.faults.waitForHits(faultId, 1, 30_000);
    await failed.watch.letTimePass(0);
    await appendLines(log, healthy.routing.streamId, healthy.lines);
    await healthy.watch.untilCaughtUp();
    expect((await failed.watch.lane()).done).toBe(0);
    store.control.faults.clear(faultId);
    for (const { routing, watch, lines } of [hanging, failed, healthy]) {
      await watch.untilCaughtUp();
      await expectExactly(routing, lines);
    }
  });
});
