import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeHistory } from '@/dev/demo-traffic/make-history';
import { writeHistory } from '@/dev/demo-traffic/write-history';
import { startEmbeddedPostgres } from '@/dev/embedded-postgres/start';
import { type LatencyRange, latencyRangeSchema } from '@/lib/domain/latency/range';
import { HOURS_KEPT_MS, MINUTES_KEPT_MS } from '@/lib/domain/latency/rollup';
import { LatencySketch } from '@/lib/domain/latency/sketch';
import { createDb, type Db } from '@/lib/platform/db/client';
import { migrate } from '@/lib/platform/db/migrate';
import { createSealer } from '@/lib/platform/secret-box/sealer';
import { createSql, type Sql } from '@/lib/platform/sql';
import type { Ctx } from '@/lib/services/context';
import { foldLatency } from '@/lib/services/latency/fold-latency';
import { readLatency } from '@/lib/services/latency/read-latency';
import { testSealKeyPair } from '@/lib/testing/routing';
import { createRoutingRow } from '@/lib/testing/routing-row';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';

export const name = 'latency';

const DAY_MS = 86_400_000;
const READS = 20;
/** Other routings with the same history, so that tables and indexes have their real depth. */
const NEIGHBOURS = 20;
const FOLDED_ROUTINGS = 1_000;
const FOLD_ROUNDS = 3;

/**
 * Server time of a routing's latency page for every range, over a year of days, 100 days of hours and 8 days of
 * minutes, and what folding costs when 1,000 routings deliver every minute. About two minutes.
 */
export async function run(): Promise<Record<string, unknown>> {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  const postgres = await startEmbeddedPostgres({
    directory,
    port: 0,
    settings: { fsync: 'on', shared_buffers: '256MB', max_wal_size: '4GB' },
  });
  const databaseUrl = postgres.url('postgres');
  const sql = createSql({
    databaseUrl,
    applicationName: 'bench',
    connectionsMax: 8,
    statementTimeoutMs: 120_000,
  });
  const db = createDb({ databaseUrl, connectionsMax: 5 });
  try {
    await migrate({ databaseUrl, directory: 'prisma/migrations' });
    const tenant = await createTenant(sql);
    const routingId = await fillHistory(sql, tenant);
    return {
      rollups: await count(sql, 'latency_rollup'),
      readMilliseconds: await measureReads(db, routingId),
      fold: await measureFolds(sql, tenant),
    };
  } finally {
    await db.$disconnect();
    await sql.end();
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function fillHistory(sql: Sql, tenant: TestTenant): Promise<string> {
  const nowMs = Date.now();
  const late = { fromMs: nowMs - 10 * DAY_MS, toMs: nowMs - 9.9 * DAY_MS, peakMs: 600_000 };
  const shape = { rowsPerMinuteMax: 30_000, flushIntervalMs: 60_000, promiseMs: 300_000, dataTypes: 1, late };
  const from = {
    minute: nowMs - MINUTES_KEPT_MS,
    hour: nowMs - HOURS_KEPT_MS,
    day: nowMs - HOURS_KEPT_MS,
  };
  const routingId = await createRoutingRow(sql, tenant);
  await writeHistory(sql, routingId, makeHistory(shape, { from, toMs: nowMs }));
  for (let i = 0; i < NEIGHBOURS; i += 1) {
    const neighbour = await createRoutingRow(sql, tenant);
    await sql.query(
      `INSERT INTO latency_rollup SELECT (jsonb_populate_record(r, jsonb_build_object('routing_id', $2::uuid))).*
       FROM latency_rollup r WHERE routing_id = $1`,
      [routingId, neighbour],
    );
  }
  await sql.query(
    `INSERT INTO latency_due (routing_id, grain, at, due_at) VALUES
       ($1, 'hour', date_trunc('hour', now(), 'UTC'), now() + interval '1 day'),
       ($1, 'day', date_trunc('day', now(), 'UTC'), now() + interval '1 day')`,
    [routingId],
  );
  await sql.query('VACUUM ANALYZE');
  return routingId;
}

async function measureReads(db: Db, routingId: string): Promise<Record<string, unknown>> {
  const person = { userId: randomUUID(), name: 'Bench', email: 'bench@example.test' };
  const ctx: Ctx = {
    db,
    actor: { kind: 'user', ...person, role: 'ops', organizationId: null },
    sealer: createSealer(testSealKeyPair().publicKeyPem),
    allowedEndpoints: [],
    requestId: randomUUID(),
  };
  const figures: Record<string, unknown> = {};
  for (const range of latencyRangeSchema.options) figures[range] = await measureRange(ctx, routingId, range);
  return figures;
}

async function measureRange(ctx: Ctx, routingId: string, range: LatencyRange): Promise<unknown> {
  const times: number[] = [];
  let points = 0;
  for (let i = 0; i < READS; i += 1) {
    const started = performance.now();
    const view = await readLatency({ ctx, input: { routingId, range } });
    times.push(performance.now() - started);
    points = view.points.length;
    if (view.total.rows === 0) throw new Error(`Nothing was found over ${range}`);
  }
  const [first = 0] = times;
  times.sort((a, b) => a - b);
  return {
    points,
    first: round(first),
    median: round(times[READS / 2] ?? 0),
    worst: round(times.at(-1) ?? 0),
  };
}

/** CPU of this process alone: Postgres shares the machine and is not in it. */
async function measureFolds(sql: Sql, tenant: TestTenant): Promise<Record<string, unknown>> {
  const routingIds: string[] = [];
  for (let i = 0; i < FOLDED_ROUTINGS; i += 1) routingIds.push(await createRoutingRow(sql, tenant));
  await addLanes(sql, routingIds);
  const rounds: Record<string, unknown>[] = [];
  for (let i = 0; i < FOLD_ROUNDS; i += 1) {
    await commitCuts(sql, routingIds, i);
    const cpu = process.cpuUsage();
    const started = performance.now();
    let failures = (await foldLatency(sql)).length;
    while ((await count(sql, 'cut_latency WHERE NOT folded')) > 0)
      failures += (await foldLatency(sql)).length;
    if (failures > 0) throw new Error(`${failures} routings were not folded`);
    const used = process.cpuUsage(cpu);
    rounds.push({
      wallMilliseconds: Math.round(performance.now() - started),
      cpuMillisecondsPerRouting: round((used.user + used.system) / 1_000 / FOLDED_ROUTINGS),
    });
  }
  return { routings: FOLDED_ROUTINGS, 'rounds, one cut each; the first makes hours and days too': rounds };
}

async function addLanes(sql: Sql, routingIds: readonly string[]): Promise<void> {
  await sql.query(
    `WITH stream AS (
       INSERT INTO log.stream (organization_id, workspace_id, type, shard)
       SELECT organization_id, workspace_id, 'events', 0 FROM routing LIMIT 1 RETURNING id
     )
     INSERT INTO lane (organization_id, routing_id, stream_id, next, done)
     SELECT r.organization_id, r.id, stream.id, 0, 0 FROM routing r, stream WHERE r.id = ANY($1)`,
    [routingIds],
  );
}

async function commitCuts(sql: Sql, routingIds: readonly string[], offset: number): Promise<void> {
  const sketch = new LatencySketch();
  for (let ms = 1_000; ms < 61_000; ms += 600) sketch.add(ms, 300);
  await sql.query(
    `WITH made AS (
       INSERT INTO cut (organization_id, routing_id, lane_id, epoch, destination_version, lo, hi, reason, rows,
         raw_bytes, body_bytes, state, committed_at)
       SELECT organization_id, routing_id, id, 1, 1, $2, $2, 'age', 30000, 1, 1, 'committed', now()
       FROM lane WHERE routing_id = ANY($1) RETURNING id, organization_id, routing_id
     )
     INSERT INTO cut_latency (cut_id, organization_id, routing_id, committed_at, rows, within_rows, sum_ms, max_ms,
       waiting_ms, batching_ms, uploading_ms, retrying_ms, files, raw_bytes, gzip_bytes, sketch)
     SELECT id, organization_id, routing_id, now(), 30000, 30000, 900000000, 61000, 0, 900000000, 0, 0, 1, 1, 1, $3
     FROM made`,
    [routingIds, offset, Buffer.from(sketch.encode())],
  );
}

async function count(sql: Sql, from: string): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${from}`);
  return rows[0]?.count ?? 0;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
