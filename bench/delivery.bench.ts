import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realisticEvent } from '@/dev/demo-traffic/realistic-event';
import { startEmbeddedPostgres } from '@/dev/embedded-postgres/start';
import type { NewChunk } from '@/lib/domain/chunk/chunk';
import { migrate } from '@/lib/platform/db/migrate';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createSql, type Sql } from '@/lib/platform/sql';
import { testChunk } from '@/lib/testing/chunk';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { createTestRouting, testSealKeyPair, thisHourMs } from '@/lib/testing/routing';
import { waitUntil } from '@/lib/testing/wait-until';
import { startWorkerProcess, type WorkerProcess } from '@/lib/testing/worker-process';
import { peakResidentMegabytes } from './peak-resident';

const WORKSPACE_ID = '5e1b0a0c-2f8d-4c1e-8f3b-9d7c6b5a4f3e';

export const name = 'delivery';

const LANES = 4;
const LINES = 10_000;
const LARGE = { chunkBytes: 256 * 1024, repeats: 6, bodiesPerAppend: 16 };
const THIN = { chunkBytes: 4 * 1024, repeats: 1, bodiesPerAppend: 500 };
/** Of twenty events one is rare, nine are frequent and the rest is neither. */
const RARE = 'Rare';
const FREQUENT = 'Frequent';
const LOADS: readonly Load[] = [
  { load: 'chunks of 256 KiB, copied', ...LARGE, eventNames: [] },
  { load: 'chunks of 256 KiB, filtered to 5 %', ...LARGE, eventNames: [RARE] },
  { load: 'chunks of 256 KiB, filtered to 50 %', ...LARGE, eventNames: [RARE, FREQUENT] },
  { load: 'chunks of 4 KiB, compressed again', ...THIN, eventNames: [] },
];

interface Load {
  readonly load: string;
  readonly chunkBytes: number;
  readonly repeats: number;
  readonly bodiesPerAppend: number;
  readonly eventNames: readonly string[];
}

interface Stage {
  readonly sql: Sql;
  readonly store: TestObjectStore;
  readonly worker: WorkerProcess;
  readonly postgresPid: number;
  readonly lines: readonly string[];
}

/**
 * From the log to the S3 stand-in with one worker process, on a Postgres of its own with fsync on, next to `gzip -6`
 * of the same lines. A line of the log counts whether a filter lets it through or not. Database, stand-in and worker
 * share the machine, so the rate is a lower bound. About 40 s.
 */
export async function run(): Promise<Record<string, unknown>> {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  const settings = { fsync: 'on', shared_buffers: '256MB', max_wal_size: '4GB' };
  const postgres = await startEmbeddedPostgres({ directory, port: 0, settings });
  const databaseUrl = postgres.url('postgres');
  const sql = createSql({ databaseUrl, applicationName: 'bench', connectionsMax: 8 });
  const store = await startTestObjectStore();
  let worker: WorkerProcess | null = null;
  try {
    await migrate({ databaseUrl, directory: 'prisma/migrations' });
    worker = await startWorkerProcess('worker', {
      DATABASE_URL: databaseUrl,
      SLUICE_SEAL_PRIVATE_KEYS: testSealKeyPair().privateKeyPem,
      LOG_LEVEL: 'info',
    });
    const { output } = worker;
    await waitUntil('the worker has started', () => output().includes('"Started"'));
    const lines = Array.from({ length: LINES }, makeLine);
    const result: Record<string, unknown> = { lanes: LANES, fsync: true, bytesPerLine: meanBytes(lines) };
    for (const load of LOADS) {
      result[load.load] = await measure({ sql, store, worker, postgresPid: postgres.pid, lines }, load);
    }
    result['gzip -6'] = gzipFigures(directory, lines);
    return result;
  } finally {
    worker?.kill('SIGKILL');
    await store.close();
    await sql.end();
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function measure(stage: Stage, load: Load): Promise<Record<string, unknown>> {
  const { sql, worker, postgresPid } = stage;
  const routingIds = await fillLanes(stage, load);
  const before = { worker: cpuMicros(worker.pid), postgres: cpuMicros(postgresPid) };
  const started = performance.now();
  await sql.query('UPDATE lane SET running = true WHERE routing_id = ANY($1)', [routingIds]);
  await waitUntil('everything is delivered', () => isDone(sql, routingIds), 120_000);
  const seconds = (performance.now() - started) / 1_000;
  const after = { worker: cpuMicros(worker.pid), postgres: cpuMicros(postgresPid) };
  const { files, raw, gzip, lines, delivered, fileRaw } = await readTotals(sql, routingIds);
  return {
    files,
    linesDelivered: round(delivered / lines),
    rawMegabytes: Math.round(raw / 1e6),
    rawMegabytesPerSecond: round(raw / seconds / 1e6),
    linesPerSecond: Math.round(lines / seconds),
    workerCpuMicrosPerLine: round((after.worker - before.worker) / lines),
    workerRawMegabytesPerCpuSecond: round(raw / (after.worker - before.worker)),
    postgresCpuMicrosPerLine: round((after.postgres - before.postgres) / lines),
    ratio: round(fileRaw / gzip),
    workerPeakResidentMegabytes: peakResidentMegabytes(worker.pid),
  };
}

interface Totals {
  readonly files: number;
  readonly raw: number;
  readonly lines: number;
  readonly delivered: number;
  readonly fileRaw: number;
  readonly gzip: number;
}

async function readTotals(sql: Sql, routingIds: readonly string[]): Promise<Totals> {
  const { rows } = await sql.query<Totals>(
    `SELECT sum(c.raw_bytes)::bigint AS raw, sum(c.rows)::bigint AS lines, sum(f.files)::int AS files,
       sum(f.rows)::bigint AS delivered, sum(f.raw)::bigint AS "fileRaw", sum(f.gzip)::bigint AS gzip
     FROM cut c CROSS JOIN LATERAL (
       SELECT count(*) AS files, sum(rows) AS rows, sum(raw_bytes) AS raw, sum(gzip_bytes) AS gzip
       FROM file WHERE cut_id = c.id AND state = 'delivered') f
     WHERE c.routing_id = ANY($1)`,
    [routingIds],
  );
  const [totals] = rows;
  if (totals === undefined) throw new Error('Nothing was cut');
  return totals;
}

/** Lanes that wait, each over the same lines as often as the load says. */
async function fillLanes({ sql, store, lines }: Stage, load: Load): Promise<string[]> {
  const log = createPostgresEventLog({ sql });
  const chunks = await makeChunks(lines, load.chunkBytes);
  return Promise.all(
    Array.from({ length: LANES }, async () => {
      const { routingId, streamId } = await createTestRouting({ sql, store, eventNames: load.eventNames });
      await sql.query('UPDATE lane SET running = false WHERE routing_id = $1', [routingId]);
      for (let repeat = 0; repeat < load.repeats; repeat += 1) {
        for (let from = 0; from < chunks.length; from += load.bodiesPerAppend) {
          const part = chunks
            .slice(from, from + load.bodiesPerAppend)
            .map((chunk) => ({ ...chunk, streamId }));
          const stored = await log.append({ appendId: randomUUID(), chunks: part, idempotency: [] });
          if (stored.kind !== 'stored') throw new Error(`The append was answered ${stored.kind}`);
        }
      }
      return routingId;
    }),
  );
}

async function makeChunks(lines: readonly string[], chunkBytes: number): Promise<NewChunk[]> {
  const perChunk = Math.max(1, Math.round(chunkBytes / meanBytes(lines)));
  const chunks: NewChunk[] = [];
  for (let from = 0; from < lines.length; from += perChunk) {
    chunks.push(await testChunk(0, lines.slice(from, from + perChunk), { hourMs: thisHourMs() }));
  }
  return chunks;
}

async function isDone(sql: Sql, routingIds: readonly string[]): Promise<boolean> {
  const { rows } = await sql.query(
    `SELECT 1 FROM lane l JOIN log.stream s ON s.id = l.stream_id
     WHERE l.routing_id = ANY($1) AND l.done < s.next_offset LIMIT 1`,
    [routingIds],
  );
  return rows.length === 0;
}

function makeLine(_: unknown, index: number): string {
  const { name, ...rest } = realisticEvent();
  const turn = index % 20;
  const given = turn === 0 ? RARE : turn < 10 ? FREQUENT : name;
  const made = { event_id: randomUUID(), time: new Date().toISOString(), name: given };
  return JSON.stringify({ ...made, workspace_id: WORKSPACE_ID, ...rest });
}

function meanBytes(lines: readonly string[]): number {
  const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
  return Math.round(bytes / lines.length);
}

/** CPU of `gzip -6` on the same lines four times over; nulls where there is no gzip. */
function gzipFigures(directory: string, lines: readonly string[]): Record<string, number | null> {
  const raw = Buffer.from(`${lines.join('\n')}\n`.repeat(4));
  const file = join(directory, 'events.jsonl');
  writeFileSync(file, raw);
  try {
    const times = execFileSync('sh', ['-c', `gzip -6 < '${file}' > '${file}.gz' && times`], {
      encoding: 'utf8',
    });
    // The second line holds the children's user and system time, as `0m1.234s 0m0.056s`.
    const spent = [...(times.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
    const micros = spent.reduce((sum, [, m, s]) => sum + (Number(m) * 60 + Number(s)) * 1e6, 0);
    return {
      cpuMicrosPerLine: round(micros / (lines.length * 4)),
      rawMegabytesPerCpuSecond: round(raw.length / micros),
      ratio: round(raw.length / readFileSync(`${file}.gz`).length),
    };
  } catch {
    return { cpuMicrosPerLine: null, rawMegabytesPerCpuSecond: null, ratio: null };
  }
}

/** User and system time of a process and its children; NaN without /proc. */
function cpuMicros(pid: number): number {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    // Fields 14 to 17 of stat, counted behind the name in brackets, in ticks of 10 ms.
    const own = fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * 10_000, 0);
    return children.filter(Boolean).reduce((sum, child) => sum + cpuMicros(Number(child)), own);
  } catch {
    return Number.NaN;
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
