import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LatencySketch } from '@/lib/domain/latency/sketch';
import { commitCut } from '@/lib/services/delivery/commit-cut';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { insertRollup } from '@/lib/testing/latency';
import { createRoutingRow } from '@/lib/testing/routing-row';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import { foldLatency } from './fold-latency';
import { pruneLatency } from './prune-latency';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let database: TestDatabase;
let tenant: TestTenant;
let laneId: number;
let routingId: string;
let offset: number;
beforeAll(async () => {
  database = await createTestDatabase({ connectionsMax: 20 });
});
afterAll(() => database.close());
beforeEach(async () => {
  tenant = await createTenant(database.sql);
  routingId = await createRoutingRow(database.sql, tenant);
  offset = 0;
  const { rows } = await database.sql.query<{ id: number }>(
    `WITH stream AS (
       INSERT INTO log.stream (organization_id, workspace_id, type, shard) VALUES ($1, $2, 'events', 0) RETURNING id
     )
     INSERT INTO lane (organization_id, routing_id, stream_id, next, done)
     SELECT $1, $3, id, 0, 0 FROM stream RETURNING id`,
    [tenant.organizationId, tenant.workspaceId, routingId],
  );
  laneId = rows[0]!.id;
});

/** A committed cut whose rows all had these latencies, as COMMIT writes it. */
async function commit(at: Date, latenciesMs: readonly number[]): Promise<void> {
  const sketch = new LatencySketch();
  for (const ms of latenciesMs) sketch.add(ms, 1);
  const sum = latenciesMs.reduce((total, ms) => total + ms, 0);
  await database.sql.query(
    `WITH made AS (
       INSERT INTO cut (organization_id, routing_id, lane_id, epoch, destination_version, lo, hi, reason, rows,
         raw_bytes, body_bytes, state, committed_at)
       VALUES ($1, $2, $3, 1, 1, $4, $4, 'age', $5, 1, 1, 'committed', $6) RETURNING id
     )
     INSERT INTO cut_latency (cut_id, organization_id, routing_id, committed_at, rows, within_rows, sum_ms, max_ms,
       waiting_ms, batching_ms, uploading_ms, retrying_ms, files, raw_bytes, gzip_bytes, sketch)
     SELECT id, $1, $2, $6, $5, $5, $7, $8, $7, 0, 0, 0, 1, 1000, 100, $9 FROM made`,
    [
      tenant.organizationId,
      routingId,
      laneId,
      offset,
      latenciesMs.length,
      at,
      sum,
      Math.max(...latenciesMs),
      Buffer.from(sketch.encode()),
    ],
  );
  offset += 1;
}

async function rollups(grain?: string): Promise<Record<string, unknown>[]> {
  const { rows } = await database.sql.query<Record<string, unknown>>(
    `SELECT grain, at, rows, within_rows, sum_ms, max_ms, waiting_ms, files, raw_bytes, gzip_bytes,
       encode(sketch, 'hex') AS sketch, p95_ms, is_demo
     FROM latency_rollup WHERE routing_id = $1 AND ($2::text IS NULL OR grain = $2) ORDER BY grain, at`,
    [routingId, grain ?? null],
  );
  return rows;
}

/** Two minutes and an hour pass. */
async function everythingIsDue(): Promise<void> {
  await database.sql.query(`UPDATE latency_due SET due_at = now() - interval '1 second'`);
}

async function foldAll(): Promise<void> {
  expect(await foldLatency(database.sql)).toEqual([]);
  await everythingIsDue();
  expect(await foldLatency(database.sql)).toEqual([]);
}

const TODAY_MS = Math.floor(Date.now() / (24 * HOUR_MS)) * 24 * HOUR_MS;

/** Noon of yesterday plus so many ms, of the day on which the tests began: a day may end while they run. */
function yesterday(ms: number): Date {
  return new Date(TODAY_MS - 12 * HOUR_MS + ms);
}

function total(rows: readonly Record<string, unknown>[]): number {
  return rows.reduce((sum, row) => sum + Number(row.rows), 0);
}

describe('what is folded', () => {
  test('a minute is all of its cuts, an hour its minutes and a day its hours, to the byte of the sketch', async () => {
    await commit(yesterday(1_000), [10_000, 20_000]);
    await commit(yesterday(2_000), [30_000]);
    await commit(yesterday(MINUTE_MS), [40_000]);
    await commit(yesterday(HOUR_MS), [50_000]);
    await foldAll();
    const [day] = await rollups('day');
    const hours = await rollups('hour');
    const minutes = await rollups('minute');
    expect(minutes.map((row) => [row.at, row.rows, row.sum_ms, row.max_ms, row.files])).toEqual([
      [yesterday(0), 3, '60000', 30_000, 2],
      [yesterday(MINUTE_MS), 1, '40000', 40_000, 1],
      [yesterday(HOUR_MS), 1, '50000', 50_000, 1],
    ]);
    expect(hours.map((row) => [row.at, row.rows, row.sum_ms])).toEqual([
      [yesterday(0), 4, '100000'],
      [yesterday(HOUR_MS), 1, '50000'],
    ]);
    expect(day).toMatchObject({
      rows: 5,
      sum_ms: '150000',
      max_ms: 50_000,
      raw_bytes: 4_000,
      is_demo: false,
    });
    const all = new LatencySketch();
    for (const ms of [10_000, 20_000, 30_000, 40_000, 50_000]) all.add(ms, 1);
    expect(day!.sketch).toBe(Buffer.from(all.encode()).toString('hex'));
    expect(Number(day!.p95_ms) / 40_000).toBeCloseTo(1, 1);
  });

  test('folding three times gives identical rows', async () => {
    await commit(yesterday(0), [10_000]);
    await foldAll();
    const once = await rollups();
    for (let again = 0; again < 2; again += 1) {
      await database.sql.query('UPDATE cut_latency SET folded = false WHERE routing_id = $1', [routingId]);
      await foldAll();
      expect(await rollups()).toEqual(once);
    }
  });

  test('a cut that comes later joins its minute, its hour and its day', async () => {
    await commit(yesterday(0), [10_000]);
    await foldAll();
    await commit(yesterday(1), [20_000]);
    await foldAll();
    for (const grain of ['minute', 'hour', 'day']) expect(total(await rollups(grain))).toBe(2);
  });

  test('the first cut of an hour is in its hour and day at once, later ones within their delay', async () => {
    await commit(yesterday(0), [10_000]);
    await foldLatency(database.sql);
    expect([total(await rollups('hour')), total(await rollups('day'))]).toEqual([1, 1]);
    await commit(yesterday(MINUTE_MS), [10_000]);
    await foldLatency(database.sql);
    expect([total(await rollups('minute')), total(await rollups('hour'))]).toEqual([2, 1]);
    const { rows } = await database.sql.query<{ grain: string; soon: boolean }>(
      `SELECT grain, due_at < now() + CASE grain WHEN 'hour' THEN interval '2 minutes' ELSE interval '1 hour' END AS soon
       FROM latency_due WHERE routing_id = $1 ORDER BY grain`,
      [routingId],
    );
    expect(rows).toEqual([
      { grain: 'day', soon: true },
      { grain: 'hour', soon: true },
    ]);
  });

  test('a day that is due takes along its hours that are due', async () => {
    await commit(yesterday(0), [10_000]);
    await foldLatency(database.sql);
    await commit(yesterday(MINUTE_MS), [10_000]);
    await foldLatency(database.sql);
    await database.sql.query(`UPDATE latency_due SET due_at = now() WHERE grain = 'day'`);
    await foldLatency(database.sql);
    expect([total(await rollups('hour')), total(await rollups('day'))]).toEqual([2, 2]);
  });
});

describe('who folds', () => {
  test('two folders at once neither lose nor double a row, whatever is committed meanwhile', async () => {
    const commits = Array.from({ length: 40 }, (_, i) => i);
    let isOver = false;
    const folder = async () => {
      while (!isOver) {
        await foldLatency(database.sql);
        await everythingIsDue();
      }
    };
    const folders = [folder(), folder()];
    for (const i of commits) await commit(yesterday(i * 10_000), [1_000, 2_000]);
    isOver = true;
    await Promise.all(folders);
    await foldAll();
    for (const grain of ['minute', 'hour', 'day']) expect(total(await rollups(grain))).toBe(80);
  });

  test('when there are more routings than a round takes, those that have waited longest are first', async () => {
    await commit(yesterday(0), [10_000]);
    const waiting = [routingId];
    for (const ms of [1, 2]) {
      routingId = await createRoutingRow(database.sql, tenant);
      waiting.push(routingId);
      await commit(yesterday(ms), [10_000]);
    }
    for (const id of waiting) {
      routingId = id;
      expect(await rollups('minute')).toEqual([]);
      await foldLatency(database.sql, { routingsMax: 1 });
      expect(total(await rollups('minute'))).toBe(1);
      // Whoever was just served has new cuts at once, and still waits behind the others.
      await commit(yesterday(MINUTE_MS), [10_000]);
    }
    await foldLatency(database.sql);
  });

  test('a routing that another folder holds is left to it, and nothing is lost by that', async () => {
    await commit(yesterday(0), [10_000]);
    const holder = await database.sql.connect();
    await holder.query('BEGIN');
    await holder.query(`SELECT pg_advisory_xact_lock(hashtext('sluice.latency'), hashtext($1))`, [routingId]);
    await foldLatency(database.sql);
    expect(await rollups()).toEqual([]);
    await holder.query('ROLLBACK');
    holder.release();
    await foldLatency(database.sql);
    expect(total(await rollups('minute'))).toBe(1);
  });

  test('a fold that breaks off leaves nothing half done, and keeps no other routing from its own', async () => {
    await commit(yesterday(0), [10_000]);
    const broken = await createRoutingRow(database.sql, tenant);
    await database.sql.query(
      `INSERT INTO latency_due (routing_id, grain, at, due_at) VALUES ($1, 'hour', $2, now())`,
      [broken, yesterday(0)],
    );
    await insertRollup(
      database.sql,
      { ...tenant, routingId: broken },
      { grain: 'minute', at: yesterday(0), latenciesMs: [1] },
    );
    await database.sql.query(`UPDATE latency_rollup SET sketch = '\\x00ff' WHERE routing_id = $1`, [broken]);
    expect(await foldLatency(database.sql)).toMatchObject([{ routingId: broken }]);
    const { rows } = await database.sql.query('SELECT 1 FROM latency_due WHERE routing_id = $1', [broken]);
    expect(rows).toHaveLength(1);
    await database.sql.query('DELETE FROM latency_due WHERE routing_id = $1', [broken]);
    expect(total(await rollups('minute'))).toBe(1);
  });
});

describe('rows of the demo', () => {
  const demo = (grain: 'minute' | 'hour', at: Date, latenciesMs: number[]) =>
    insertRollup(database.sql, { ...tenant, routingId }, { grain, at, latenciesMs, isDemo: true });

  test('a real minute replaces one that was made up, and never mixes with it', async () => {
    await demo('minute', yesterday(0), [1, 1, 1]);
    await commit(yesterday(0), [10_000]);
    await foldAll();
    expect(await rollups('minute')).toMatchObject([{ rows: 1, sum_ms: '10000', is_demo: false }]);
  });

  test('an hour and a day that hold both are marked as made up', async () => {
    await demo('minute', yesterday(0), [5_000]);
    await demo('hour', yesterday(-HOUR_MS), [5_000, 5_000]);
    await commit(yesterday(MINUTE_MS), [10_000]);
    await commit(yesterday(HOUR_MS), [10_000]);
    await foldAll();
    expect((await rollups('hour')).map((row) => [row.rows, row.is_demo])).toEqual([
      [2, true],
      [2, true],
      [1, false],
    ]);
    expect(await rollups('day')).toMatchObject([{ rows: 5, is_demo: true }]);
  });
});

describe('pruning', () => {
  const age = (table: string, column: string, days: number) =>
    database.sql.query(
      `UPDATE ${table} SET ${column} = ${column} - $2 * interval '1 day' WHERE routing_id = $1`,
      [routingId, days],
    );

  async function cutsLeft(): Promise<number> {
    const { rows } = await database.sql.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM cut_latency WHERE routing_id = $1',
      [routingId],
    );
    return rows[0]!.count;
  }

  test('cuts go two days after they were folded, and never before', async () => {
    await commit(yesterday(0), [10_000]);
    await foldLatency(database.sql);
    await pruneLatency(database.sql);
    expect(await cutsLeft()).toBe(1);
    await age('cut_latency', 'committed_at', 2);
    await commit(new Date(yesterday(0).getTime() - 48 * HOUR_MS + 1), [10_000]);
    await pruneLatency(database.sql);
    expect(await cutsLeft()).toBe(2);
    await foldLatency(database.sql);
    await pruneLatency(database.sql);
    expect(await cutsLeft()).toBe(0);
  });

  test('minutes go after 8 days and hours after 100; days stay', async () => {
    const now = Date.now();
    const at = (days: number) => new Date(now - days * 24 * HOUR_MS);
    const put = (grain: 'minute' | 'hour' | 'day', days: number) =>
      insertRollup(database.sql, { ...tenant, routingId }, { grain, at: at(days), latenciesMs: [1_000] });
    for (const days of [7.9, 8.1]) await put('minute', days);
    for (const days of [99.9, 100.1]) await put('hour', days);
    await put('day', 1_000);
    await pruneLatency(database.sql);
    expect((await rollups()).map((row) => [row.grain, row.at])).toEqual([
      ['day', at(1_000)],
      ['hour', at(99.9)],
      ['minute', at(7.9)],
    ]);
  });
});

test('more than one statement may delete goes in one call all the same', async () => {
  const old = Date.now() - 9 * 24 * HOUR_MS;
  for (const minute of [0, 1, 2]) {
    const at = new Date(old + minute * MINUTE_MS);
    await insertRollup(database.sql, { ...tenant, routingId }, { grain: 'minute', at, latenciesMs: [1_000] });
  }
  await pruneLatency(database.sql, { rowsMax: 1 });
  expect(await rollups('minute')).toEqual([]);
});

test('of many who commit one cut one writes its figures', async () => {
  await database.sql.query('UPDATE lane SET next = 1 WHERE id = $1', [laneId]);
  const { rows } = await database.sql.query<{ id: number }>(
    `INSERT INTO cut (organization_id, routing_id, lane_id, epoch, destination_version, lo, hi, reason, rows, raw_bytes,
       body_bytes, state) VALUES ($1, $2, $3, 1, 1, 0, 0, 'age', 1, 1, 1, 'sealed') RETURNING id`,
    [tenant.organizationId, routingId, laneId],
  );
  const sketch = new LatencySketch();
  sketch.add(10_000, 7);
  const big = 2n ** 80n;
  const delays = { waitingMs: big, batchingMs: 0n, uploadingMs: 0n, retryingMs: 0n };
  const content = { files: 1, rawBytes: 1, gzipBytes: 1, sketch: sketch.encode() };
  const figures = { rows: 7, withinRows: 7, sumMs: big, maxMs: 10_000, ...delays, ...content };
  const wins = await Promise.all(
    Array.from({ length: 8 }, () => commitCut(database.sql, rows[0]!.id, figures)),
  );
  expect(wins.filter((won) => won)).toHaveLength(1);
  await foldAll();
  expect(await rollups('minute')).toMatchObject([{ rows: 7, sum_ms: big.toString() }]);
});
