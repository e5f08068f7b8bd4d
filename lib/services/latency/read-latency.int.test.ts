import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LatencyView } from '@/lib/domain/latency/view';
import type { Ctx } from '@/lib/services/context';
import { codeOf } from '@/lib/testing/code-of';
import { createCtxFactory } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { insertRollup, type TestRollup } from '@/lib/testing/latency';
import { createRoutingRow } from '@/lib/testing/routing-row';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import { readDayFigures } from './read-day-figures';
import { readLatency } from './read-latency';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

let database: TestDatabase;
let tenant: TestTenant;
let vendor: Ctx;
let routingId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database.sql);
  vendor = await createCtxFactory(database).ctxOf('ops');
});
afterAll(() => database.close());
beforeEach(async () => {
  routingId = await createRoutingRow(database.sql, tenant);
  await database.sql.query(`UPDATE routing SET created_at = now() - interval '200 days' WHERE id = $1`, [
    routingId,
  ]);
});

/** Start of the step that contains now − ago. */
function at(agoMs: number, stepMs: number): Date {
  return new Date(Math.floor((Date.now() - agoMs) / stepMs) * stepMs);
}

function insert(rollup: TestRollup): Promise<void> {
  return insertRollup(database.sql, { ...tenant, routingId }, rollup);
}

async function isDue(grain: string, since: Date): Promise<void> {
  await database.sql.query(
    `INSERT INTO latency_due (routing_id, grain, at, due_at) VALUES ($1, $2, $3, now())`,
    [routingId, grain, since],
  );
}

function withRows(view: LatencyView) {
  return view.points.filter((point) => point.rows > 0).map(({ at, rows, p50Ms }) => ({ at, rows, p50Ms }));
}

describe('the series', () => {
  test.each([
    ['15m', 15, MINUTE_MS],
    ['1h', 60, MINUTE_MS],
    ['6h', 360, MINUTE_MS],
    ['24h', 288, 5 * MINUTE_MS],
    ['7d', 168, HOUR_MS],
    ['30d', 240, 3 * HOUR_MS],
    ['90d', 90, DAY_MS],
  ] as const)('%s has %i points, all there with nulls while nothing came', async (range, points, stepMs) => {
    const view = await readLatency({ ctx: vendor, input: { routingId, range } });
    expect(view).toMatchObject({ stepMs, promiseMs: 300_000, total: { rows: 0, p99Ms: null, split: null } });
    expect(view.points).toHaveLength(points);
    for (const [i, point] of view.points.entries()) {
      expect(Date.parse(point.at)).toBe(Date.parse(view.from) + i * stepMs);
      expect(point).toMatchObject({ rows: 0, p50Ms: null, maxMs: null, split: null, errors: {} });
    }
    expect(Date.parse(view.to)).toBeGreaterThan(Date.parse(view.points.at(-1)!.at));
  });

  test('quantiles of a point and of the whole come from all rows, never from averages', async () => {
    const first = at(HOUR_MS, 5 * MINUTE_MS);
    await insert({ grain: 'minute', at: first, latenciesMs: new Array(99).fill(10_000) });
    await insert({ grain: 'minute', at: new Date(first.getTime() + MINUTE_MS), latenciesMs: [400_000] });
    await insert({ grain: 'minute', at: at(3 * HOUR_MS, MINUTE_MS), latenciesMs: [20_000] });
    const view = await readLatency({ ctx: vendor, input: { routingId } });
    const point = view.points.find((one) => one.at === first.toISOString())!;
    expect(point).toMatchObject({ rows: 100, withinRows: 99, maxMs: 400_000, files: 2, rawBytes: 2_000 });
    expect(point.p50Ms! / 10_000).toBeCloseTo(1, 1);
    expect(point.split).toEqual({ waitingMs: 13_900, batchingMs: 0, uploadingMs: 0, retryingMs: 0 });
    expect(view.total).toMatchObject({ rows: 101, withinRows: 100, maxMs: 400_000 });
    expect(view.total.p99Ms! / 20_000).toBeCloseTo(1, 1);
  });

  test('an hour or day that is due to be folded again is read from its finer rows', async () => {
    const day = at(3 * DAY_MS, DAY_MS);
    const hour = new Date(day.getTime() + 5 * HOUR_MS);
    await insert({ grain: 'day', at: day, latenciesMs: [1_000] });
    await insert({ grain: 'hour', at: day, latenciesMs: [1_000, 1_000] });
    await insert({ grain: 'hour', at: hour, latenciesMs: [1_000] });
    await insert({ grain: 'minute', at: hour, latenciesMs: [1_000, 1_000, 1_000] });
    const rowsOf = async (range: '7d' | '90d') =>
      (await readLatency({ ctx: vendor, input: { routingId, range } })).total.rows;
    expect([await rowsOf('7d'), await rowsOf('90d')]).toEqual([3, 1]);
    await isDue('day', day);
    expect([await rowsOf('7d'), await rowsOf('90d')]).toEqual([3, 3]);
    await isDue('hour', hour);
    expect([await rowsOf('7d'), await rowsOf('90d')]).toEqual([5, 5]);
  });

  test('from … to gives its own points, and demo rows are marked', async () => {
    const from = at(3 * HOUR_MS, MINUTE_MS);
    await insert({ grain: 'minute', at: from, latenciesMs: [1_000], isDemo: true });
    const to = new Date(from.getTime() + 10 * MINUTE_MS);
    const input = { routingId, from: from.toISOString(), to: to.toISOString() };
    const view = await readLatency({ ctx: vendor, input });
    expect(view).toMatchObject({ from: input.from, to: input.to, stepMs: MINUTE_MS });
    expect(view.points).toHaveLength(10);
    expect(view.points.map((point) => point.isDemo)).toEqual([true, ...new Array(9).fill(false)]);
    expect(withRows(view)).toEqual([{ at: input.from, rows: 1, p50Ms: 1_000 }]);
  });

  test('failed attempts are counted by class in their point', async () => {
    const minute = at(30 * MINUTE_MS, MINUTE_MS);
    let offset = 0;
    const fail = async (code: string | null, httpStatus: number | null) => {
      // Errors need no real file behind them to be counted.
      await database.sql.query(
        `WITH lane AS (
           INSERT INTO lane (organization_id, routing_id, stream_id, next, done) SELECT $1, $2, s.id, 0, 0
           FROM log.stream s WHERE s.workspace_id = $3 ON CONFLICT (routing_id, stream_id)
           DO UPDATE SET next = lane.next RETURNING id
         ), cut AS (
           INSERT INTO cut (organization_id, routing_id, lane_id, epoch, destination_version, lo, hi, reason, rows,
             raw_bytes, body_bytes, state)
           SELECT $1, $2, lane.id, 1, 1, $7, $7, 'age', 1, 1, 1, 'committed' FROM lane RETURNING id
         ), file AS (
           INSERT INTO file (id, organization_id, routing_id, cut_id, position, endpoint, bucket, key, type, lo, hi, kind,
             rows, raw_bytes, crc_raw, received_min, received_max, received_sum_ms, state)
           SELECT gen_random_uuid(), $1, $2, id, 0, '', 'b', gen_random_uuid()::text, 'events', 0, 0, 'stitched', 1, 1,
             1, now(), now(), 1, 'delivered' FROM cut RETURNING id
         )
         INSERT INTO attempt (organization_id, routing_id, file_id, generation, number, worker_id, deadline_at,
           ended_at, outcome, http_status, code)
         SELECT $1, $2, id, 1, 1, 'w', now(), $4, 'refused', $5, $6 FROM file`,
        [tenant.organizationId, routingId, tenant.workspaceId, minute, httpStatus, code, offset++],
      );
    };
    await database.sql.query(
      `INSERT INTO log.stream (organization_id, workspace_id, type, shard) VALUES ($1, $2, 'events', 0)`,
      [tenant.organizationId, tenant.workspaceId],
    );
    await fail('AccessDenied', 403);
    await fail('InvalidAccessKeyId', 403);
    await fail('SlowDown', 503);
    await fail('ECONNRESET', null);
    await fail('InternalError', 500);
    await fail('NotSent', null);
    await fail('PreconditionFailed', 412);
    const view = await readLatency({ ctx: vendor, input: { routingId, range: '1h' } });
    const counted = view.points.filter((point) => Object.keys(point.errors).length > 0);
    expect(counted.map(({ at, errors }) => ({ at, errors }))).toEqual([
      { at: minute.toISOString(), errors: { access: 2, throttled: 1, network: 1, other: 1 } },
    ]);
  });
});

describe('the states', () => {
  async function change(from: string, to: string, agoMs: number): Promise<Date> {
    const changedAt = new Date(Date.now() - agoMs);
    await database.sql.query(
      `INSERT INTO routing_transition (organization_id, routing_id, from_label, to_label, cause, actor, at)
       VALUES ($1, $2, $3, $4, 'test', 'worker:w', $5)`,
      [tenant.organizationId, routingId, from, to, changedAt],
    );
    return changedAt;
  }

  test('the label before the first change fills the beginning, and spans are clipped to the range', async () => {
    await change('draft', 'delivering', 2 * DAY_MS);
    const blocked = await change('delivering', 'blocked', 2 * HOUR_MS);
    const again = await change('blocked', 'delivering', HOUR_MS);
    const view = await readLatency({ ctx: vendor, input: { routingId, range: '24h' } });
    expect(view.states).toEqual([
      { from: view.from, to: blocked.toISOString(), label: 'delivering' },
      { from: blocked.toISOString(), to: again.toISOString(), label: 'blocked' },
      { from: again.toISOString(), to: view.to, label: 'delivering' },
    ]);
  });

  test('a routing that was made within the range says nothing about the time before', async () => {
    const { rows } = await database.sql.query<{ created_at: Date }>(
      `UPDATE routing SET created_at = now() - interval '3 hours' WHERE id = $1 RETURNING created_at`,
      [routingId],
    );
    const view = await readLatency({ ctx: vendor, input: { routingId, range: '24h' } });
    expect(view.states).toEqual([{ from: rows[0]!.created_at.toISOString(), to: view.to, label: 'unknown' }]);
  });
});

describe('who and what may be asked', () => {
  test('a customer sees the latency of its own routings only', async () => {
    const factory = createCtxFactory(database);
    const own = await factory.ctxOf('customer_viewer', tenant);
    await expect(readLatency({ ctx: own, input: { routingId } })).resolves.toMatchObject({ stepMs: 300_000 });
    const other = await factory.ctxOf('customer_viewer', await createTenant(database.sql));
    expect(await codeOf(readLatency({ ctx: other, input: { routingId } }))).toBe('NOT_FOUND');
  });

  test.each([
    ['ends before it begins', { from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }],
    ['is wider than 400 days', { from: '2024-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' }],
    ['begins in the future', { from: '2999-01-01T00:00:00Z', to: '2999-01-02T00:00:00Z' }],
    ['is no instant', { from: 'yesterday', to: '2026-01-01T00:00:00Z' }],
  ])('a range that %s is refused', async (_, range) => {
    expect(await codeOf(readLatency({ ctx: vendor, input: { routingId, ...range } }))).toBe('VALIDATION');
  });
});

test('the figures of a day are those of its hours, by routing', async () => {
  await insert({ grain: 'hour', at: at(0, HOUR_MS), latenciesMs: [30_000] });
  await insert({ grain: 'hour', at: at(2 * HOUR_MS, HOUR_MS), latenciesMs: [1_000, 400_000] });
  await insert({ grain: 'hour', at: at(25 * HOUR_MS, HOUR_MS), latenciesMs: [9_999] });
  const silent = await createRoutingRow(database.sql, tenant);
  const figures = await readDayFigures(database.db, [routingId, silent]);
  expect([...figures.keys()]).toEqual([routingId]);
  const day = figures.get(routingId)!;
  expect(day).toMatchObject({ rows: 3, withinRows: 2 });
  expect(day.hourlyP95.map((ms) => ms !== null)).toEqual([...new Array(21).fill(false), true, false, true]);
});
