import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@/dev/embedded-postgres/start';
import { LatencySketch } from '@/lib/domain/latency/sketch';
import { migrate } from '@/lib/platform/db/migrate';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createSql, type Sql } from '@/lib/platform/sql';
import { startTestObjectStore } from '@/lib/testing/object-store';
import { type TestRouting, testSealKeyPair } from '@/lib/testing/routing';
import { waitUntil } from '@/lib/testing/wait-until';
import { startWorkerProcess, type WorkerProcess } from '@/lib/testing/worker-process';
import {
  createBlackHoled,
  createDraining,
  createHealthy,
  createSilenced,
  type Stage,
  startBlackHole,
} from './neighbours-routings';
import { startTrickle } from './neighbours-trickle';
import { peakResidentMegabytes } from './peak-resident';

export const name = 'neighbours';

const HEALTHY = 10;
const BLACK_HOLED = 30;
const DRAINING = 5;
const ROUNDS = 2;
const ALONE_MS = 40_000;
const BESIDE_MS = 80_000;
const RATIO_MAX = 2;

/**
 * How late ten healthy routings are, with one worker process, in turns: alone; beside 30 routings whose endpoint takes
 * connections and never answers and five that drain 160 MB each over a slow line; and beside 30 whose endpoint goes
 * silent at one moment with 16 MB of each at hand. `holds` is false when either more than doubles the 99th
 * percentile. About eight minutes.
 */
export async function run(): Promise<Record<string, unknown>> {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  const settings = { fsync: 'off', shared_buffers: '256MB', max_wal_size: '4GB' };
  const postgres = await startEmbeddedPostgres({ directory, port: 0, settings });
  const databaseUrl = postgres.url('postgres');
  const sql = createSql({ databaseUrl, applicationName: 'bench', connectionsMax: 8 });
  const store = await startTestObjectStore();
  const blackHole = await startBlackHole();
  let worker: WorkerProcess | null = null;
  try {
    await migrate({ databaseUrl, directory: 'prisma/migrations' });
    worker = await startWorkerProcess('worker', {
      DATABASE_URL: databaseUrl,
      SLUICE_SEAL_PRIVATE_KEYS: testSealKeyPair().privateKeyPem,
      LOG_LEVEL: 'warn',
    });
    const measured = await measure({ sql, store, blackHole, log: createPostgresEventLog({ sql }) });
    return { ...measured, workerPeakResidentMegabytes: peakResidentMegabytes(worker.pid) };
  } finally {
    worker?.kill('SIGKILL');
    await blackHole.close();
    await store.close();
    await sql.end();
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function measure(stage: Stage): Promise<Record<string, unknown>> {
  const alone = new LatencySketch();
  const beside = new LatencySketch();
  const besideSilenced = new LatencySketch();
  for (let round = 0; round < ROUNDS; round += 1) {
    await measurePhase(stage, { durationMs: ALONE_MS, into: alone, neighbours: [] });
    const neighbours = [
      ...(await createBlackHoled(stage, BLACK_HOLED)),
      ...(await createDraining(stage, DRAINING)),
    ];
    await measurePhase(stage, { durationMs: BESIDE_MS, into: beside, neighbours });
    await stopLanes(stage.sql, neighbours);
    const silenced = await createSilenced(stage, BLACK_HOLED);
    await measurePhase(stage, { durationMs: BESIDE_MS, into: besideSilenced, neighbours: silenced });
    await stopLanes(stage.sql, silenced);
  }
  const ratio = ratioOf(beside, alone);
  const silencedRatio = ratioOf(besideSilenced, alone);
  return {
    routings: { healthy: HEALTHY, blackHoled: BLACK_HOLED, draining: DRAINING },
    rounds: ROUNDS,
    alone: figures(alone),
    beside: figures(beside),
    besideSilenced: figures(besideSilenced),
    p99Ratio: ratio,
    p99RatioSilenced: silencedRatio,
    ratioMax: RATIO_MAX,
    holds: ratio <= RATIO_MAX && silencedRatio <= RATIO_MAX,
  };
}

function ratioOf(beside: LatencySketch, alone: LatencySketch): number {
  const p99 = (sketch: LatencySketch) => sketch.quantileMs(0.99) ?? Number.NaN;
  return Math.round((p99(beside) / p99(alone)) * 100) / 100;
}

interface Phase {
  readonly durationMs: number;
  readonly into: LatencySketch;
  readonly neighbours: readonly TestRouting[];
}

/** Lines come at a steady pace until the phase is over; counted is every one of them, the last as well. */
async function measurePhase(stage: Stage, { durationMs, into, neighbours }: Phase): Promise<void> {
  const healthy = await createHealthy(stage, HEALTHY);
  await startLanes(stage.sql, [...healthy, ...neighbours]);
  const trickle = startTrickle(stage.log, [...healthy, ...neighbours]);
  await new Promise((resolve) => setTimeout(resolve, durationMs));
  await trickle.stop();
  await waitUntil('healthy routings are done', () => isDone(stage.sql, healthy), 600_000);
  const { rows } = await stage.sql.query<{ sketch: Buffer }>(
    'SELECT sketch FROM cut_latency WHERE routing_id = ANY ($1)',
    [idsOf(healthy)],
  );
  for (const { sketch } of rows) into.mergeEncoded(sketch);
  await stopLanes(stage.sql, healthy);
}

async function startLanes(sql: Sql, routings: readonly TestRouting[]): Promise<void> {
  await sql.query('UPDATE lane SET running = true WHERE routing_id = ANY ($1)', [idsOf(routings)]);
}

async function stopLanes(sql: Sql, routings: readonly TestRouting[]): Promise<void> {
  await sql.query('UPDATE lane SET running = false, epoch = epoch + 1 WHERE routing_id = ANY ($1)', [
    idsOf(routings),
  ]);
}

async function isDone(sql: Sql, routings: readonly TestRouting[]): Promise<boolean> {
  const { rows } = await sql.query(
    `SELECT 1 FROM lane l JOIN log.stream s ON s.id = l.stream_id
     WHERE l.routing_id = ANY ($1) AND l.done < s.next_offset LIMIT 1`,
    [idsOf(routings)],
  );
  return rows.length === 0;
}

function idsOf(routings: readonly TestRouting[]): string[] {
  return routings.map(({ routingId }) => routingId);
}

function figures(sketch: LatencySketch): Record<string, number> {
  const at = (q: number) => Math.round(sketch.quantileMs(q) ?? Number.NaN);
  return { rows: sketch.rows, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), worstMs: at(1) };
}
