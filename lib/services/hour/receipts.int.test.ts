import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { HourView } from '@/lib/domain/hour/view';
import { HOUR_MS } from '@/lib/domain/time-units';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import type { Sql } from '@/lib/platform/sql';
import { testChunk } from '@/lib/testing/chunk';
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
import { startTestWorker } from '@/lib/testing/worker';
import type { Ctx } from '../context';
import { expireLanes } from '../retention/expire-lanes';
import { countHours } from './count-hours';
import { listHours } from './list-hours';

const NOW_HOUR = thisHourMs();
const ago = (hours: number) => NOW_HOUR - hours * HOUR_MS;

let database: TestDatabase;
let sql: Sql;
let store: TestObjectStore;
let log: EventLog;
let ctx: Ctx;
let routing: TestRouting;

beforeAll(async () => {
  database = await createTestDatabase({ connectionsMax: 20 });
  sql = database.sql;
  store = await startTestObjectStore();
  log = createPostgresEventLog({ sql });
  ctx = await createCtxFactory(database).ctxOf('admin');
});
afterAll(async () => {
  await store.close();
  await database.close();
});
beforeEach(async () => {
  routing = await createTestRouting({ sql, store });
});

/** Chunks of five rows, of an hour that is opened again for them when the last worker has closed it. */
async function send(count: number, hoursAgo: number): Promise<void> {
  await sql.query(`UPDATE log.closing SET closed_through = '-infinity'`);
  await sql.query(`UPDATE log.stream SET closed_through = '-infinity' WHERE id = $1`, [routing.streamId]);
  const lines = numberedLines(`${hoursAgo}`, count);
  await appendLines(log, routing.streamId, lines, { hourMs: ago(hoursAgo), linesPerChunk: 5 });
}

async function deliver(): Promise<void> {
  const worker = await startTestWorker({ database, workerId: 'w1' });
  await watchRouting(sql, routing).untilCaughtUp();
  await worker.stop();
}

async function setRouting(assignments: string): Promise<void> {
  await sql.query(`UPDATE routing SET ${assignments} WHERE id = $1`, [routing.routingId]);
}

async function setLane(assignments: string): Promise<void> {
  await sql.query(`UPDATE lane SET ${assignments} WHERE routing_id = $1`, [routing.routingId]);
}

async function pause(): Promise<void> {
  await setRouting(`intent = 'pause', lifecycle = 'paused'`);
  await setLane('running = false');
}

async function dropChunksBefore(offset: number): Promise<void> {
  await sql.query('DELETE FROM log.chunk WHERE stream_id = $1 AND "offset" < $2', [routing.streamId, offset]);
}

/** By how many hours ago they were. */
async function hours(): Promise<Map<number, HourView>> {
  const range = { from: new Date(ago(5)).toISOString(), to: new Date(ago(-1)).toISOString() };
  const input = { routingId: routing.routingId, type: 'events' as const, ...range };
  const views = (await listHours({ ctx, input })).hours;
  return new Map(views.map((view) => [(NOW_HOUR - Date.parse(view.hour)) / HOUR_MS, view]));
}

test('while a routing is paused its hours are held, and complete after a resume', async () => {
  await send(5, 3);
  await deliver();
  await pause();
  await send(10, 3);
  await send(5, 2);
  await sql.query('SELECT log.close_hours(workspace_id) FROM log.stream WHERE id = $1', [routing.streamId]);
  await sql.query(`UPDATE log.stream SET closed_through = date_trunc('hour', now())`);
  const held = await hours();
  expect(held.get(3)).toMatchObject({
    state: 'held',
    accepted: 15,
    delivered: 5,
    pending: 10,
    isBalanced: true,
  });
  expect(held.get(2)).toMatchObject({
    state: 'held',
    accepted: 5,
    delivered: 0,
    pending: 5,
    isBalanced: true,
  });
  await setRouting(`intent = 'run', lifecycle = 'active'`);
  expect((await hours()).get(2)).toMatchObject({ state: 'missing' });
  await setLane('running = true');
  await deliver();
  const done = await hours();
  expect(done.get(3)).toMatchObject({ accepted: 15, delivered: 15, pending: 0, isBalanced: true });
  expect(done.get(2)).toMatchObject({ accepted: 5, delivered: 5, pending: 0, isBalanced: true });
});

describe('a loss', () => {
  beforeEach(async () => {
    await send(5, 3);
    await deliver();
    await pause();
    await send(5, 3);
    await send(10, 2);
    await send(10, 1);
    await sql.query('SELECT log.count_hours($1, 100)', [routing.streamId]);
    await sql.query(`UPDATE log.stream SET closed_through = date_trunc('hour', now())`);
    await dropChunksBefore(5);
    await setLane(`held_cause = 'chunk_missing'`);
  });

  test('that nobody has recorded shows as a receipt that does not add up', async () => {
    const now = await hours();
    expect(now.get(3)).toMatchObject({ state: 'missing', accepted: 10, delivered: 5, isBalanced: false });
    expect(now.get(2)).toMatchObject({ accepted: 10, pending: 10 });
  });

  test('that is recorded by itself is a gap in each of its hours, and the rest arrives', async () => {
    await expireLanes(sql, 'w1');
    const none = { setAside: 0, isBalanced: true, state: 'gap' };
    const recorded = await hours();
    expect(recorded.get(3)).toMatchObject({ accepted: 10, delivered: 5, pending: 0, gap: 5, ...none });
    expect(recorded.get(2)).toMatchObject({ accepted: 10, delivered: 0, pending: 0, gap: 10, ...none });
    expect(recorded.get(1)).toMatchObject({ accepted: 10, delivered: 0, pending: 5, gap: 5, ...none });
    await setRouting(`intent = 'run', lifecycle = 'active'`);
    await setLane('running = true');
    await deliver();
    expect((await hours()).get(1)).toMatchObject({ accepted: 10, delivered: 5, pending: 0, gap: 5, ...none });
    const { rows } = await sql.query('SELECT lo, hi, rows FROM gap WHERE routing_id = $1', [
      routing.routingId,
    ]);
    expect(rows).toEqual([{ lo: 1, hi: 4, rows: 20 }]);
  });
});

test('what came while a type was not wanted is no business of the routing', async () => {
  await send(5, 3);
  await deliver();
  await setRouting(`data_types = '{sync_aliases}'`);
  await setLane('running = false');
  await send(5, 3);
  await send(5, 2);
  await send(5, 0);
  const unwanted = await hours();
  expect(unwanted.get(3)).toMatchObject({ accepted: 5, delivered: 5, pending: 0, isBalanced: true });
  expect(unwanted.get(2)).toMatchObject({ delivered: 0, pending: 0 });

  await setRouting(`data_types = '{events}'`);
  await sql.query(`SELECT log.start_types($1, '{events}')`, [routing.routingId]);
  await setLane('running = true');
  await send(10, 0);
  await deliver();
  const again = await hours();
  expect(again.get(3)).toMatchObject({ accepted: 5, delivered: 5, pending: 0, isBalanced: true });
  expect(again.get(2)).toMatchObject({ state: 'unknown', accepted: null, delivered: 0 });
  expect(again.get(0)).toMatchObject({ accepted: 10, delivered: 10, pending: 0, isBalanced: true });
});

describe('counting', () => {
  const countedRows = async () => {
    const { rows } = await sql.query<{ rows: number }>(
      'SELECT coalesce(sum(rows), 0)::bigint AS rows FROM log.hour_total WHERE stream_id = $1',
      [routing.streamId],
    );
    return rows[0]!.rows;
  };

  test('in small steps, twice and by several at once counts every row once', async () => {
    await send(60, 2);
    await send(40, 1);
    const steps = Array.from({ length: 12 }, () =>
      sql.query('SELECT log.count_hours($1, 3)', [routing.streamId]),
    );
    await Promise.all([...steps, countHours(sql), countHours(sql)]);
    expect(await countedRows()).toBe(100);
    const { rows } = await sql.query('SELECT rows, first_offset, last_offset FROM log.hours($1, $2, $3)', [
      routing.streamId,
      new Date(ago(2)),
      new Date(ago(1)),
    ]);
    expect(rows).toEqual([{ rows: 60, first_offset: 0, last_offset: 11 }]);
  });

  test('waits for the close of an hour, so that thin streams cost nothing in between', async () => {
    await send(5, 1);
    await countHours(sql);
    expect(await countedRows()).toBe(0);
    await sql.query(`UPDATE log.stream SET closed_through = date_trunc('hour', now()) WHERE id = $1`, [
      routing.streamId,
    ]);
    await countHours(sql);
    expect(await countedRows()).toBe(5);
  });

  test('an hour whose chunks were gone before they were counted does not add up', async () => {
    await send(10, 3);
    await send(5, 2);
    await dropChunksBefore(1);
    await sql.query('SELECT log.count_hours($1, 100)', [routing.streamId]);
    const now = await hours();
    expect(now.get(3)).toMatchObject({ accepted: 10, chunkRows: null, pending: 5, isBalanced: false });
    expect(now.get(2)).toMatchObject({ accepted: 5, chunkRows: 5, pending: 5, isBalanced: true });
  });

  test('an hour of which nobody counted what was accepted is told by its chunks, or is unknown', async () => {
    await send(10, 3);
    await send(5, 2);
    await sql.query('UPDATE log.counting SET since = $1', [new Date(ago(2))]);
    try {
      expect((await hours()).get(3)).toMatchObject({ accepted: 10, acceptedBy: 'chunks', isBalanced: true });
      await dropChunksBefore(1);
      await sql.query('SELECT log.count_hours($1, 100)', [routing.streamId]);
      const now = await hours();
      expect(now.get(3)).toMatchObject({ state: 'unknown', accepted: null, acceptedBy: null });
      expect(now.get(2)).toMatchObject({ accepted: 5, isBalanced: true });
    } finally {
      await sql.query(`UPDATE log.counting SET since = '-infinity'`);
    }
  });
});

describe('what collectors counted', () => {
  async function append(given: { made: number; counted: number; hoursAgo: number }): Promise<void> {
    await sql.query(`UPDATE log.closing SET closed_through = '-infinity'`);
    await sql.query(`UPDATE log.stream SET closed_through = '-infinity' WHERE id = $1`, [routing.streamId]);
    const hourMs = ago(given.hoursAgo);
    const { streamId } = routing;
    const chunk = await testChunk(streamId, numberedLines('counted', given.made), { hourMs });
    const accepted = [{ streamId, hourMs, rows: given.counted }];
    await log.append({ appendId: randomUUID(), chunks: [chunk], idempotency: [], accepted });
  }

  test('stands on the receipt, and agrees with the chunks', async () => {
    await append({ made: 7, counted: 7, hoursAgo: 2 });
    const expected = { accepted: 7, acceptedBy: 'collectors', chunkRows: 7, pending: 7, isBalanced: true };
    expect((await hours()).get(2)).toMatchObject(expected);
  });

  test('and is in no chunk is missed, also where everything in the log was delivered', async () => {
    await append({ made: 6, counted: 7, hoursAgo: 2 });
    await deliver();
    const expected = { accepted: 7, chunkRows: 6, delivered: 6, isBalanced: false };
    expect((await hours()).get(2)).toMatchObject(expected);
  });

  test('is missed when the only chunk of its hour vanishes', async () => {
    await append({ made: 5, counted: 5, hoursAgo: 3 });
    await append({ made: 4, counted: 4, hoursAgo: 2 });
    await append({ made: 3, counted: 3, hoursAgo: 1 });
    await sql.query('DELETE FROM log.chunk WHERE stream_id = $1 AND "offset" = 1', [routing.streamId]);
    const expected = { accepted: 4, chunkRows: 0, pending: 0, isBalanced: false };
    expect((await hours()).get(2)).toMatchObject(expected);
    expect((await hours()).get(3)).toMatchObject({ accepted: 5, chunkRows: 5, isBalanced: true });
  });

  test('before a lane began is no business of its routing', async () => {
    await append({ made: 5, counted: 6, hoursAgo: 3 });
    await append({ made: 2, counted: 2, hoursAgo: 1 });
    const first = routing;
    routing = await createTestRouting({ sql, store, tenant: first.tenant });
    await append({ made: 3, counted: 3, hoursAgo: 1 });
    const now = await hours();
    expect(now.get(3)).toMatchObject({ state: 'unknown', accepted: null });
    expect(now.get(1)).toMatchObject({ accepted: 3, pending: 3, isBalanced: true });
  });
});
