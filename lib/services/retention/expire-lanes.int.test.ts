import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { RETENTION_DAYS } from '@/lib/domain/chunk/retention';
import type { HourView } from '@/lib/domain/hour/view';
import { HOUR_MS } from '@/lib/domain/time-units';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import type { Sql } from '@/lib/platform/sql';
import type { Ctx } from '@/lib/services/context';
import { listHours } from '@/lib/services/hour/list-hours';
import { createCtxFactory } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { watchRouting } from '@/lib/testing/delivery-state';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { moveToOldPartition } from '@/lib/testing/old-partition';
import {
  appendLines,
  createTestRouting,
  numberedLines,
  type TestRouting,
  thisHourMs,
} from '@/lib/testing/routing';
import { startTestWorker } from '@/lib/testing/worker';
import { expireLanes } from './expire-lanes';
import { listGaps } from './list-gaps';
import { maintainLog } from './maintain-log';

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
  await setRouting(`lifecycle = 'active', health = 'failing', retention_hours = 3`);
});

async function setRouting(assignments: string): Promise<void> {
  await sql.query(`UPDATE routing SET ${assignments} WHERE id = $1`, [routing.routingId]);
}
async function setLane(assignments: string): Promise<void> {
  await sql.query(`UPDATE lane SET ${assignments} WHERE routing_id = $1`, [routing.routingId]);
}

/** Chunks of five rows that were received so many hours ago. */
async function send(count: number, hoursAgo: number): Promise<void> {
  await sql.query(`UPDATE log.closing SET closed_through = '-infinity'`);
  await sql.query(`UPDATE log.stream SET closed_through = '-infinity' WHERE id = $1`, [routing.streamId]);
  const { rows } = await sql.query<{ head: number }>(
    'SELECT next_offset AS head FROM log.stream WHERE id = $1',
    [routing.streamId],
  );
  const lines = numberedLines(`${hoursAgo}`, count);
  await appendLines(log, routing.streamId, lines, { hourMs: ago(hoursAgo), linesPerChunk: 5 });
  await sql.query(
    `UPDATE log.chunk SET received_min = hour + interval '1 minute', received_max = hour + interval '2 minutes'
     WHERE stream_id = $1 AND "offset" >= $2`,
    [routing.streamId, rows[0]!.head],
  );
}

async function dropChunksBefore(offset: number): Promise<void> {
  await sql.query('DELETE FROM log.chunk WHERE stream_id = $1 AND "offset" < $2', [routing.streamId, offset]);
}

async function laneNow() {
  const { rows } = await sql.query(
    `SELECT l.next, l.done, l.rows_done, l.epoch, l.held_cause,
       s.body_bytes_total - l.body_bytes_done = coalesce((SELECT sum(c.body_bytes) FROM log.chunk c
         WHERE c.stream_id = s.id AND c."offset" >= l.done), 0) AS is_backlog_right
     FROM lane l JOIN log.stream s ON s.id = l.stream_id WHERE l.routing_id = $1`,
    [routing.routingId],
  );
  return rows[0];
}

async function gaps() {
  const { rows } = await sql.query(
    `SELECT lo, hi, rows, cause, may_exist, file_id IS NOT NULL AS is_file,
       (extract(epoch FROM received_min) * 1000)::bigint AS from_ms, (extract(epoch FROM received_max) * 1000)::bigint AS to_ms
     FROM gap WHERE routing_id = $1 ORDER BY lo`,
    [routing.routingId],
  );
  return rows;
}

async function audits(action: string) {
  return database.db.auditEvent.findMany({
    where: { target: `routing:${routing.routingId}`, action },
    select: { actor: true, detail: true },
    orderBy: { id: 'asc' },
  });
}

/** By how many hours ago they were. */
async function hours(): Promise<Map<number, HourView>> {
  const range = { from: new Date(ago(9)).toISOString(), to: new Date(ago(-1)).toISOString() };
  const input = { routingId: routing.routingId, type: 'events' as const, ...range };
  const views = (await listHours({ ctx, input })).hours;
  return new Map(views.map((view) => [(NOW_HOUR - Date.parse(view.hour)) / HOUR_MS, view]));
}

const expire = () => expireLanes(sql, 'w1');
const MINUTE_MS = 60_000;

describe('a lane that cannot deliver', () => {
  test.each([
    ['is paused', `running = false`],
    ['is held', `held_cause = 'conflict'`],
    ['fails', `failures = 3`],
  ])(
    'and %s goes on behind the hours that are past its retention, and says exactly what is lost',
    async (_, set) => {
      await send(10, 5);
      await send(5, 4);
      await send(5, 1);
      await setLane(`${set}, pending_since = now() - interval '5 hours'`);
      const before = await laneNow();
      expect(await expire()).toBe(1);
      expect(await laneNow()).toMatchObject({
        next: 3,
        done: 3,
        rows_done: 15,
        held_cause: null,
        is_backlog_right: true,
      });
      expect((await laneNow()).epoch).toBeGreaterThan(before.epoch);
      const times = { from_ms: ago(5) + MINUTE_MS, to_ms: ago(4) + 2 * MINUTE_MS };
      const row = { lo: 0, hi: 2, rows: 15, cause: 'retention', may_exist: false, is_file: false, ...times };
      expect(await gaps()).toEqual([row]);
      const { gaps: listed } = await listGaps({ ctx, input: { routingId: routing.routingId } });
      expect(listed).toMatchObject([
        {
          firstOffset: 0,
          lastOffset: 2,
          rows: 15,
          firstReceivedAt: new Date(times.from_ms).toISOString(),
          hours: [5, 4].map((back) => ({
            hour: new Date(ago(back)).toISOString(),
            rows: back === 5 ? 10 : 5,
          })),
        },
      ]);
      const detail = { type: 'events', firstOffset: 0, lastOffset: 2, rows: 15, mayExist: false };
      expect(await audits('routing.gap')).toMatchObject([{ actor: 'worker:w1', detail }]);
      const now = await hours();
      expect(now.get(5)).toMatchObject({ accepted: 10, gap: 10, pending: 0, isBalanced: true, state: 'gap' });
      expect(now.get(4)).toMatchObject({ accepted: 5, gap: 5, pending: 0, isBalanced: true });
      expect(now.get(1)).toMatchObject({ accepted: 5, gap: 0, pending: 5, isBalanced: true });
      expect(await expire()).toBe(0);
    },
  );

  test('is not one whose last try failed while its routing delivers', async () => {
    await send(5, 5);
    await setRouting(`health = 'late'`);
    await setLane('failures = 1');
    expect(await expire()).toBe(0);
  });

  test('loses nothing of an hour that is not wholly past', async () => {
    await send(5, 2);
    await setLane('running = false');
    expect(await expire()).toBe(0);
    expect(await laneNow()).toMatchObject({ done: 0, epoch: 1 });
  });

  test('of a type that its routing no longer takes misses nothing', async () => {
    await send(5, 5);
    await setLane('running = false');
    await setRouting(`data_types = '{sync_aliases}'`);
    expect(await expire()).toBe(0);
    expect(await gaps()).toEqual([]);
  });
});

test('a lane that delivers is not cut off by its own retention, only by what the log no longer keeps', async () => {
  await send(5, 5);
  await send(5, 4);
  await send(5, 1);
  await setLane(`pending_since = now() - interval '5 hours'`);
  expect(await expire()).toBe(0);
  await sql.query('SELECT log.count_hours($1, 100)', [routing.streamId]);
  await dropChunksBefore(2);
  await setLane(`held_cause = 'chunk_missing', failures = 1`);
  expect(await expire()).toBe(1);
  expect(await laneNow()).toMatchObject({
    next: 2,
    done: 2,
    rows_done: 10,
    held_cause: null,
    is_backlog_right: true,
  });
  expect(await gaps()).toMatchObject([{ lo: 0, hi: 1, rows: 10, to_ms: null }]);
  const now = await hours();
  expect(now.get(5)).toMatchObject({ accepted: 5, gap: 5, isBalanced: true });
  expect(now.get(4)).toMatchObject({ accepted: 5, gap: 5, isBalanced: true });
});

test('with nothing kept it goes on at the head, and takes what comes next', async () => {
  await send(10, 5);
  await dropChunksBefore(2);
  await setLane('running = false');
  expect(await expire()).toBe(1);
  expect(await laneNow()).toMatchObject({ next: 2, done: 2, rows_done: 10 });
  await setLane('running = true');
  await send(5, 0);
  const worker = await startTestWorker({ database, workerId: 'w2' });
  await watchRouting(sql, routing).untilCaughtUp();
  await worker.stop();
  expect((await hours()).get(0)).toMatchObject({ delivered: 5, isBalanced: true });
});

describe('an open cut', () => {
  /** Two files of two hours, of which the store takes the first and answers the second with a fault. */
  async function sealTwo(
    effect: Parameters<TestObjectStore['control']['faults']['add']>[0]['effect'],
  ): Promise<void> {
    const prefix = `${routing.prefix}type=events/`;
    const hour = new Date(ago(4)).toISOString().slice(11, 13);
    const day = new Date(ago(4)).toISOString().slice(0, 10).split('-');
    const match = {
      operation: 'PutObject' as const,
      prefix: `${prefix}year=${day[0]}/month=${day[1]}/day=${day[2]}/hour=${hour}/`,
    };
    const { faultId } = store.control.faults.add({ match, effect, times: null });
    await send(5, 5);
    await send(10, 4);
    const worker = await startTestWorker({ database, workerId: 'w1' });
    await watchRouting(sql, routing).untilBackingOff(1);
    await worker.stop();
    store.control.faults.clear(faultId);
    await setRouting(`health = 'failing'`);
  }

  test('whose chunks grew too old keeps what is delivered, and gives up the rest as its next generation', async () => {
    await sealTwo({ kind: 'answer', status: 403, code: 'InvalidAccessKeyId' });
    await send(5, 1);
    expect(await expire()).toBe(1);
    expect(await gaps()).toMatchObject([{ lo: 1, hi: 2, rows: 10, may_exist: false, is_file: true }]);
    const { rows } = await sql.query(
      `SELECT c.generation, c.state, (SELECT array_agg(f.state ORDER BY f.position) FROM file f WHERE f.cut_id = c.id) AS files
       FROM cut c WHERE c.routing_id = $1`,
      [routing.routingId],
    );
    expect(rows).toEqual([{ generation: 2, state: 'committed', files: ['delivered', 'released'] }]);
    expect(await laneNow()).toMatchObject({ next: 3, done: 3, rows_done: 15, is_backlog_right: true });
    const now = await hours();
    expect(now.get(5)).toMatchObject({ accepted: 5, delivered: 5, gap: 0, isBalanced: true });
    expect(now.get(4)).toMatchObject({ accepted: 10, delivered: 0, gap: 10, pending: 0, isBalanced: true });
    expect(now.get(1)).toMatchObject({ pending: 5, isBalanced: true });
  });

  test('keeps the files that are young enough, under the keys they were sealed with', async () => {
    const match = { operation: 'PutObject' as const, prefix: routing.prefix };
    const effect = { kind: 'answer', status: 403, code: 'InvalidAccessKeyId' } as const;
    const { faultId } = store.control.faults.add({ match, effect, times: null });
    await send(5, 5);
    await send(5, 1);
    const worker = await startTestWorker({ database, workerId: 'w1' });
    const watch = watchRouting(sql, routing);
    await watch.untilBackingOff(1);
    const { rows } = await sql.query<{ key: string }>(
      'SELECT key FROM file WHERE routing_id = $1 AND position = 1',
      [routing.routingId],
    );
    expect(await expire()).toBe(1);
    store.control.faults.clear(faultId);
    await watch.letTimePass(0);
    await watch.untilCaughtUp();
    await worker.stop();
    expect(await store.listKeys(routing.prefix)).toEqual([rows[0]!.key]);
    const now = await hours();
    expect(now.get(5)).toMatchObject({ accepted: 5, gap: 5, isBalanced: true });
    expect(now.get(1)).toMatchObject({ accepted: 5, delivered: 5, isBalanced: true });
  });

  test('of which an answer was lost says that its rows may exist', async () => {
    await sealTwo({ kind: 'drop', applied: true });
    expect(await expire()).toBe(1);
    expect(await gaps()).toMatchObject([{ rows: 10, may_exist: true }]);
    expect(await audits('routing.gap')).toMatchObject([{ detail: { mayExist: true } }]);
  });

  test('is left alone while a PUT of it may be under way', async () => {
    await sealTwo({ kind: 'answer', status: 403, code: 'InvalidAccessKeyId' });
    await sql.query(
      `INSERT INTO attempt (organization_id, routing_id, file_id, generation, number, worker_id, deadline_at)
       SELECT organization_id, routing_id, id, generation, 99, 'w9', now() + interval '20 seconds' FROM file
       WHERE routing_id = $1 AND state = 'sealed'`,
      [routing.routingId],
    );
    expect(await expire()).toBe(0);
    await sql.query(`UPDATE attempt SET deadline_at = now() - interval '6 seconds' WHERE number = 99`);
    expect(await expire()).toBe(1);
    expect(await gaps()).toMatchObject([{ may_exist: true }]);
  });

  test('keeps its day in the log until its gap is recorded, which then says when its last lines came', async () => {
    await sealTwo({ kind: 'answer', status: 403, code: 'InvalidAccessKeyId' });
    const old = await moveToOldPartition(sql, routing.streamId, RETENTION_DAYS + 1);
    await sql.query(
      `INSERT INTO attempt (organization_id, routing_id, file_id, generation, number, worker_id, deadline_at)
       SELECT organization_id, routing_id, id, generation, 99, 'w9', now() + interval '20 seconds' FROM file
       WHERE routing_id = $1 AND state = 'sealed'`,
      [routing.routingId],
    );
    expect((await maintainLog(sql, 'w1')).dropped).toEqual([]);
    expect(await gaps()).toEqual([]);
    await sql.query(`UPDATE attempt SET deadline_at = now() - interval '6 seconds' WHERE number = 99`);
    expect((await maintainLog(sql, 'w1')).dropped).toEqual([old]);
    expect((await gaps()).every(({ from_ms, to_ms }) => from_ms !== null && to_ms !== null)).toBe(true);
    expect(await gaps()).not.toEqual([]);
  });
});

test('what lies before the newest snapshot of segments is superseded, not lost', async () => {
  const { tenant } = routing;
  routing = await createTestRouting({ sql, store, tenant, dataTypes: ['segment'] });
  await setRouting(`lifecycle = 'active', retention_hours = 3`);
  await appendLines(log, routing.streamId, numberedLines('old', 3), { hourMs: ago(6), snapshotEnd: true });
  await appendLines(log, routing.streamId, numberedLines('new', 3), { hourMs: ago(1), snapshotEnd: true });
  await setLane('running = false, next = 0, done = 0, rows_done = 0, body_bytes_done = 0');
  expect(await expire()).toBe(0);
  expect(await laneNow()).toMatchObject({ next: 1, done: 1, rows_done: 3 });
  expect(await gaps()).toEqual([]);
});
