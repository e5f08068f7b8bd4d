import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDeliveryLedger } from '@/lib/services/delivery/create-delivery-ledger';
import { listHours } from '@/lib/services/hour/list-hours';
import { listGaps } from '@/lib/services/retention/list-gaps';
import { disableRouting } from '@/lib/services/routing/disable';
import { getRouting } from '@/lib/services/routing/get';
import { pauseRouting } from '@/lib/services/routing/pause';
import { ensureStream } from '@/lib/services/stream/ensure-stream';
import { createCtxFactory } from '@/lib/testing/ctx';
import { readDeliveredLines } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { createDeliverySuite } from '@/lib/testing/delivery-suite';
import type { TestObjectStore } from '@/lib/testing/object-store';
import {
  appendLines,
  createTestRouting,
  numberedLines,
  type TestRouting,
  thisHourMs,
} from '@/lib/testing/routing';

const HOUR_MS = 3_600_000;
const REASON = 'The customer has left';

const { database, store, log, close } = await createDeliverySuite({ workers: 2 });
const ctx = await createCtxFactory(database).ctxOf('admin');
afterEach(() => {
  store.control.faults.clear();
});
afterAll(close);

let routing: TestRouting;
let watch: ReturnType<typeof watchRouting>;
let lines: string[];
beforeEach(async () => {
  routing = await createTestRouting({ sql: database.sql, store });
  watch = watchRouting(database.sql, routing);
  lines = numberedLines(routing.routingId.slice(0, 8), 60);
});

type Effect = Parameters<TestObjectStore['control']['faults']['add']>[0]['effect'];

function strike(effect: Effect): string {
  const match = { operation: 'PutObject' as const, prefix: routing.prefix };
  const times = effect.kind === 'answer' ? null : 1;
  return store.control.faults.add({ match, effect, times }).faultId;
}

function send(from: number, to: number): Promise<void> {
  return appendLines(log, routing.streamId, lines.slice(from, to), { linesPerChunk: 5 });
}

const drain = () => end({ mode: 'drain', drainMinutes: 60 });
const discard = () => end({ mode: 'discard' });
const end = (how: { mode: 'drain' | 'discard'; drainMinutes?: number }) =>
  disableRouting({ ctx, input: { routingId: routing.routingId, reason: REASON, ...how } });

async function untilDeadline(): Promise<void> {
  const past = `UPDATE routing SET drain_until = clock_timestamp() WHERE id = $1`;
  await database.sql.query(past, [routing.routingId]);
}

const delivered = () => readDeliveredLines(store, database.sql, routing.prefix);

async function receipts() {
  const range = { from: new Date(thisHourMs() - HOUR_MS), to: new Date(thisHourMs() + 2 * HOUR_MS) };
  const input = { from: range.from.toISOString(), to: range.to.toISOString(), type: 'events' as const };
  const { hours } = await listHours({ ctx, input: { routingId: routing.routingId, ...input } });
  const sum = (key: 'accepted' | 'delivered' | 'pending' | 'gap') =>
    hours.reduce((total, hour) => total + (hour[key] ?? 0), 0);
  return {
    accepted: sum('accepted'),
    delivered: sum('delivered'),
    pending: sum('pending'),
    gap: sum('gap'),
    unbalanced: hours.filter(({ isBalanced }) => isBalanced === false),
  };
}

const gaps = async () => (await listGaps({ ctx, input: { routingId: routing.routingId } })).gaps;

function putsAfter(atMs: number) {
  return store.control.seenRequests
    .list({ operation: 'PutObject' })
    .filter((seen) => seen.key.startsWith(routing.prefix) && seen.receivedAtMs > atMs);
}

describe('drain', () => {
  test('delivers what was collected before, once, and nothing of what comes after; then it is disabled', async () => {
    await send(0, 20);
    await watch.untilLifecycle('active');
    const streaming = send(20, 50);
    const { drainUntil } = await drain();
    expect(Date.parse(drainUntil ?? '')).toBeGreaterThan(Date.now() + 50 * 60_000);
    await streaming;
    await send(50, 60);
    await watch.untilLifecycle('disabled');
    await watch.untilDispatched(3);
    const found = await delivered();
    expect(found).toEqual([...lines.slice(0, found.length)].sort());
    expect(found.length).toBeGreaterThanOrEqual(20);
    expect(found.length).toBeLessThanOrEqual(50);
    expect(await receipts()).toEqual({
      accepted: found.length,
      delivered: found.length,
      pending: 0,
      gap: 0,
      unbalanced: [],
    });
    expect(await getRouting({ ctx, input: { routingId: routing.routingId } })).toMatchObject({
      label: 'disabled',
      pendingRows: 0,
      freshnessMs: null,
    });
    expect((await watch.transitions()).slice(-2)).toEqual(['delivering → draining', 'draining → disabled']);
  });

  test('of a paused routing delivers what was held; a stream that is born later is none of its', async () => {
    await send(0, 5);
    await watch.untilLifecycle('active');
    await pauseRouting({ ctx, input: { routingId: routing.routingId } });
    await watch.untilLifecycle('paused');
    await send(5, 30);
    await drain();
    const late = await ensureStream(database.sql, { ...routing.tenant, type: 'segment' });
    await watch.untilLifecycle('disabled');
    expect(await delivered()).toEqual([...lines.slice(0, 30)].sort());
    const lanes = await database.sql.query('SELECT running FROM lane WHERE routing_id = $1', [
      routing.routingId,
    ]);
    expect(lanes.rows).toEqual([{ running: false }]);
    expect(late).toBeGreaterThan(0);
  });

  test('holds what the store refuses until its deadline; then that is a gap with exact offsets, rows and hours', async () => {
    await send(0, 10);
    await watch.untilLifecycle('active');
    await watch.untilCaughtUp();
    strike({ kind: 'answer', status: 403, code: 'InvalidAccessKeyId' });
    await send(10, 25);
    await watch.untilHealth('blocked', 'access_key_unknown');
    await send(25, 40);
    await drain();
    await send(40, 60);
    await watch.untilDispatched(3);
    expect((await watch.routing()).lifecycle).toBe('draining');
    await untilDeadline();
    await watch.untilLifecycle('disabled');
    const found = await gaps();
    const offsets = found.map(({ firstOffset, lastOffset }) => [firstOffset, lastOffset]).sort();
    // Two chunks of five lines were delivered before; chunks 2 to 7 came before the end, the others after.
    expect(offsets[0]?.[0]).toBe(2);
    expect(offsets.at(-1)?.[1]).toBe(7);
    expect(found.reduce((sum, { rows }) => sum + rows, 0)).toBe(30);
    expect(found.flatMap(({ hours }) => hours).reduce((sum, { rows }) => sum + rows, 0)).toBe(30);
    for (const gap of found)
      expect(gap).toMatchObject({ cause: 'discarded', reason: REASON, mayExist: false });
    expect(await receipts()).toEqual({ accepted: 40, delivered: 10, pending: 0, gap: 30, unbalanced: [] });
  });
});

describe('discard', () => {
  test('starts no PUT after 2 s, lets one in flight land, and records the rest as a gap', async () => {
    await send(0, 5);
    await watch.untilLifecycle('active');
    const faultId = strike({ kind: 'hang', applied: false });
    await send(5, 15);
    await store.control.faults.waitForHits(faultId, 1, 30_000);
    await send(15, 40);
    await discard();
    const atMs = Date.now();
    await watch.untilDispatched(3);
    expect((await watch.routing()).lifecycle).toBe('draining');
    store.control.faults.clear(faultId);
    await watch.untilLifecycle('disabled', 60_000);
    expect(putsAfter(atMs + 2_000)).toEqual([]);
    const found = await delivered();
    const { unbalanced, ...sums } = await receipts();
    expect(unbalanced).toEqual([]);
    expect(sums).toEqual({ accepted: 40, delivered: found.length, pending: 0, gap: 40 - found.length });
    expect(found.length).toBeGreaterThan(5);
    expect(await gaps()).toEqual([expect.objectContaining({ cause: 'discarded', mayExist: false })]);
  });

  test('says of a file whose answer was lost that it may exist', async () => {
    await send(0, 5);
    await watch.untilLifecycle('active');
    await watch.untilCaughtUp();
    strike({ kind: 'drop', applied: true });
    await send(5, 15);
    await watch.untilBackingOff(1);
    await discard();
    await watch.untilLifecycle('disabled');
    expect(await gaps()).toEqual([
      expect.objectContaining({ rows: 10, firstOffset: 1, lastOffset: 2, mayExist: true, reason: REASON }),
    ]);
  });

  test('ends a drain that somebody no longer wants to wait for', async () => {
    await send(0, 5);
    await watch.untilLifecycle('active');
    strike({ kind: 'answer', status: 503, code: 'SlowDown' });
    await send(5, 15);
    await watch.untilBackingOff(1);
    await drain();
    await send(15, 20);
    await discard();
    await watch.untilLifecycle('disabled');
    expect((await gaps()).reduce((sum, { rows }) => sum + rows, 0)).toBe(10);
    expect((await watch.transitions()).filter((step) => step.includes('draining'))).toEqual([
      expect.stringMatching(/→ draining$/),
      'draining → disabled',
    ]);
  });
});

describe('a worker that was frozen meanwhile', () => {
  const job = async () => {
    const { rows } = await database.sql.query<{ id: number; epoch: number }>(
      'SELECT id, epoch FROM lane WHERE routing_id = $1',
      [routing.routingId],
    );
    return { laneId: rows[0]!.id, epoch: rows[0]!.epoch };
  };
  const cutOf = (hi: number) => ({ lo: 0, hi, reason: 'age', rows: 5, rawBytes: 1, bodyBytes: 1 });
  const rest = { sealedAtMs: 0, files: [], setAside: [], workerId: 'w9', deadlineMs: 1_000 };

  test('seals nothing after the end was decided, nor past it with a claim of later', async () => {
    const ledger = createDeliveryLedger(database.sql);
    await database.sql.query(
      `UPDATE lane SET lease_until = now() + interval '1 minute' WHERE routing_id = $1`,
      [routing.routingId],
    );
    await send(0, 5);
    await database.sql.query('UPDATE lane SET lease_until = NULL WHERE routing_id = $1', [routing.routingId]);
    const before = { ...(await job()) };
    await drain();
    await watch.untilLifecycle('disabled');
    await send(5, 10);
    await database.sql.query(`UPDATE lane SET running = true, next = 0, done = 0 WHERE routing_id = $1`, [
      routing.routingId,
    ]);
    const lane = { ...(await job()), ...LANE, routingId: routing.routingId, streamId: routing.streamId };
    expect(await ledger.sealCut({ ...rest, ...cutOf(0), lane: { ...lane, ...before } })).toBeNull();
    expect(await ledger.sealCut({ ...rest, ...cutOf(1), lane })).toBeNull();
    await database.sql.query(
      'UPDATE lane SET running = false, next = end_offset, done = end_offset WHERE routing_id = $1',
      [routing.routingId],
    );
  });
});

const LANE = {
  type: 'events' as const,
  done: 0,
  next: 0,
  head: 2,
  endOffset: null,
  isDueByAge: true,
  failures: 0,
  destinationVersion: 1,
  endpoint: '',
  bucket: 'b',
  prefix: '',
  eventNames: [],
};
