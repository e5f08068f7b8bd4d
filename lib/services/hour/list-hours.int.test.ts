import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DataType } from '@/lib/domain/data-type';
import type { HourView } from '@/lib/domain/hour/view';
import { HOUR_MS } from '@/lib/domain/time-units';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { codeOf } from '@/lib/testing/code-of';
import { createCtxFactory } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { watchRouting } from '@/lib/testing/delivery-state';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import {
  appendLines,
  createTestRouting,
  numberedLines,
  type TestRouting,
  thisHourMs,
} from '@/lib/testing/routing';
import { createTenant } from '@/lib/testing/tenant';
import { waitUntil } from '@/lib/testing/wait-until';
import { startTestWorker, type TestWorker } from '@/lib/testing/worker';
import type { Ctx } from '../context';
import { listHours } from './list-hours';
import { readReceipt } from './read-receipt';

const NOW_HOUR = thisHourMs();
const ago = (hours: number) => NOW_HOUR - hours * HOUR_MS;

let database: TestDatabase;
let store: TestObjectStore;
let log: EventLog;
let ctx: Ctx;
let worker: TestWorker;

/** Started from the stream's birth; the one after it started in the middle of its hours. */
let first: TestRouting;
let second: TestRouting;

async function send(count: number, hoursAgo: number, streamId = first.streamId): Promise<void> {
  await appendLines(log, streamId, numberedLines(`${hoursAgo}-${count}`, count), {
    hourMs: ago(hoursAgo),
    linesPerChunk: 5,
  });
}

/** Past hours take events only as long as no worker has closed them, so all of it is sent before one starts. */
beforeAll(async () => {
  database = await createTestDatabase({ connectionsMax: 20 });
  store = await startTestObjectStore();
  log = createPostgresEventLog({ sql: database.sql });
  ctx = await createCtxFactory(database).ctxOf('admin');
  const tenant = await createTenant(database.sql);
  first = await createTestRouting({ sql: database.sql, store, tenant });
  await send(20, 4);
  await send(10, 2);
  await send(3, 0);
  second = await createTestRouting({ sql: database.sql, store, tenant });
  await send(15, 2);
  await send(7, 1);
  await send(2, 0);
  worker = await startTestWorker({ database, workerId: 'w1' });
  for (const routing of [first, second]) await watchRouting(database.sql, routing).untilCaughtUp();
  await waitUntil('the hours are counted', async () => {
    const { rows } = await database.sql.query(
      'SELECT 1 FROM log.hour_total WHERE stream_id = $1 AND hour = to_timestamp($2 / 1000.0)',
      [first.streamId, ago(4)],
    );
    return rows.length === 1;
  });
});
afterAll(async () => {
  await worker.stop();
  await store.close();
  await database.close();
});

async function hoursOf(
  routing: TestRouting,
  type: DataType = 'events',
  hours = 6,
): Promise<Map<number, HourView>> {
  const from = new Date(ago(hours - 1)).toISOString();
  const input = { routingId: routing.routingId, type, from, to: new Date(ago(-1)).toISOString() };
  const views = (await listHours({ ctx, input })).hours;
  expect(views).toHaveLength(hours);
  return new Map(views.map((view) => [(NOW_HOUR - Date.parse(view.hour)) / HOUR_MS, view]));
}

describe('after real delivery', () => {
  test('accepted equals delivered in every hour, quiet hours are said to be quiet', async () => {
    const hours = await hoursOf(first);
    const none = { pending: 0, setAside: 0, gap: 0, isBalanced: true };
    expect(hours.get(4)).toMatchObject({ accepted: 20, delivered: 20, files: 1, ...none });
    expect(hours.get(2)).toMatchObject({ accepted: 25, delivered: 25, ...none });
    expect(hours.get(1)).toMatchObject({ accepted: 7, delivered: 7, ...none });
    expect(hours.get(0)).toMatchObject({ state: 'open', accepted: 5, delivered: 5, ...none });
    expect(['complete', 'late']).toContain(hours.get(4)?.state);
  });

  test('a routing that starts in the middle of an hour balances with what came after it', async () => {
    const hours = await hoursOf(second);
    expect(hours.get(4)).toMatchObject({ state: 'unknown', accepted: null, delivered: 0, isBalanced: null });
    expect(hours.get(2)).toMatchObject({ accepted: 15, delivered: 15, isBalanced: true });
    expect(hours.get(1)).toMatchObject({ accepted: 7, delivered: 7, isBalanced: true });
    expect(hours.get(0)).toMatchObject({ accepted: 2, delivered: 2, isBalanced: true });
  });

  test('a file that came after the promise makes its hour late', async () => {
    await database.sql.query('UPDATE routing SET promise_seconds = 1 WHERE id = $1', [first.routingId]);
    await database.sql.query(
      `UPDATE file SET received_min = received_min - interval '2 s' WHERE routing_id = $1`,
      [first.routingId],
    );
    expect((await hoursOf(first)).get(4)).toMatchObject({ state: 'late', isBalanced: true });
  });

  test('a type the routing does not carry is unknown in every hour', async () => {
    const hours = [...(await hoursOf(first, 'segment')).values()];
    expect(hours.map(({ state }) => state)).toEqual(Array(6).fill('unknown'));
  });
});

test('rows whose stored bytes changed are set aside, counted by themselves, and the receipt still adds up', async () => {
  const { sql } = database;
  const routing = await createTestRouting({ sql, store });
  await sql.query('UPDATE lane SET running = false WHERE routing_id = $1', [routing.routingId]);
  await appendLines(log, routing.streamId, numberedLines('whole', 9), { linesPerChunk: 3 });
  await sql.query(
    `UPDATE log.chunk SET body = set_byte(body, 5, (get_byte(body, 5) + 1) % 256) WHERE stream_id = $1 AND "offset" = 1`,
    [routing.streamId],
  );
  await sql.query('UPDATE lane SET running = true WHERE routing_id = $1', [routing.routingId]);
  await watchRouting(sql, routing).untilCaughtUp();
  const now = (await hoursOf(routing)).get(0);
  expect(now).toMatchObject({ accepted: 9, delivered: 6, setAside: 3, setAsideCorrupt: 3, isBalanced: true });
});

test('what the filter takes out is set aside, also in an hour of which nothing is left', async () => {
  const tenant = await createTenant(database.sql);
  const wanted = ['Pageview'];
  const routing = await createTestRouting({ sql: database.sql, store, tenant, eventNames: wanted });
  const named = (name: string, count: number) => Array(count).fill(JSON.stringify({ name }));
  await appendLines(log, routing.streamId, [...named('Pageview', 3), ...named('Click', 4)]);
  await appendLines(log, routing.streamId, named('Click', 6), { hourMs: ago(-1) });
  await watchRouting(database.sql, routing).untilCaughtUp();
  const range = { from: new Date(ago(0)).toISOString(), to: new Date(ago(-2)).toISOString() };
  const input = { routingId: routing.routingId, type: 'events' as const, ...range };
  const [now, next] = (await listHours({ ctx, input })).hours;
  expect(now).toMatchObject({ accepted: 7, delivered: 3, setAside: 4, pending: 0, isBalanced: true });
  expect(next).toMatchObject({ accepted: 6, delivered: 0, setAside: 6, files: 0, isBalanced: true });
});

test('older segment snapshots are set aside', async () => {
  const routing = await createTestRouting({
    sql: database.sql,
    store,
    dataTypes: ['segment'],
    flushIntervalMs: 1_500,
  });
  // The lane waits until both are there: one cut commits the older as superseded.
  const run = 'UPDATE lane SET running = $2 WHERE routing_id = $1';
  await database.sql.query(run, [routing.routingId, false]);
  const whole = { snapshotEnd: true, hourMs: NOW_HOUR };
  await appendLines(log, routing.streamId, numberedLines('old', 5), whole);
  await appendLines(log, routing.streamId, numberedLines('new', 7), whole);
  await database.sql.query(run, [routing.routingId, true]);
  await watchRouting(database.sql, routing).untilCaughtUp();
  const now = (await hoursOf(routing, 'segment')).get(0);
  expect(now).toMatchObject({ accepted: 12, delivered: 7, setAside: 5, isBalanced: true });
});

test('two streams of one type add up', async () => {
  const { tenant, ...routing } = await createTestRouting({ sql: database.sql, store });
  const { rows } = await database.sql.query<{ id: number }>(
    `INSERT INTO log.stream (organization_id, workspace_id, type, shard) VALUES ($1, $2, 'events', 1) RETURNING id`,
    [tenant.organizationId, tenant.workspaceId],
  );
  await database.sql.query('SELECT log.open_lanes($1)', [routing.routingId]);
  await send(6, 0, routing.streamId);
  await send(9, 0, rows[0]!.id);
  await watchRouting(database.sql, routing).untilCaughtUp();
  expect((await hoursOf({ tenant, ...routing })).get(0)).toMatchObject({
    accepted: 15,
    delivered: 15,
    isBalanced: true,
  });
});

describe('who may look', () => {
  const input = () => ({
    routingId: first.routingId,
    type: 'events' as const,
    from: new Date(ago(1)).toISOString(),
    to: new Date(ago(0)).toISOString(),
  });

  test('a viewer of the organization', async () => {
    const viewer = await createCtxFactory(database).ctxOf('customer_viewer', first.tenant);
    expect((await listHours({ ctx: viewer, input: input() })).hours).toHaveLength(1);
    const read = { ctx: viewer, input: { ...input(), hour: input().from } };
    expect((await readReceipt(read)).files.map(({ rows }) => rows)).toEqual([7]);
  });

  test('nobody of another one: the routing is not there', async () => {
    const stranger = await createCtxFactory(database).ctxOf(
      'customer_admin',
      await createTenant(database.sql),
    );
    expect(await codeOf(listHours({ ctx: stranger, input: input() }))).toBe('NOT_FOUND');
    const read = { ctx: stranger, input: { ...input(), hour: input().from } };
    expect(await codeOf(readReceipt(read))).toBe('NOT_FOUND');
  });

  test('a range that is too long or no hour is refused', async () => {
    const long = { ...input(), from: '2026-01-01T00', to: '2026-03-01T00' };
    expect(await codeOf(listHours({ ctx, input: long }))).toBe('VALIDATION');
    expect(await codeOf(readReceipt({ ctx, input: { ...input(), hour: '2026-01-01' } }))).toBe('VALIDATION');
  });
});
