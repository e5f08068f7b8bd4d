import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { startEmbeddedPostgres } from '@/dev/embedded-postgres/start';
import type { NewChunk } from '@/lib/domain/chunk/chunk';
import { migrate } from '@/lib/platform/db/migrate';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createSql, type Sql } from '@/lib/platform/sql';
import { ensureStream } from '@/lib/services/stream/ensure-stream';
import { createTenant } from '@/lib/testing/tenant';

export const name = 'append';

const CONNECTIONS = 16;
const STREAMS = 32;
const SLICE_MS = 1_800;
const ROUNDS = 2;
const SIZES = [
  { label: '50KB', bodyBytes: 50_000 },
  { label: '2KB', bodyBytes: 2_000 },
];

/**
 * Appends of one chunk each from 16 connections to 32 streams, on a Postgres of its own with fsync on, next to plain
 * INSERTs of the same bytes. Both take turns, so that a busy machine slows both. About 18 s.
 */
export async function run(): Promise<Record<string, unknown>> {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  const settings = { fsync: 'on', shared_buffers: '256MB', max_wal_size: '4GB' };
  const postgres = await startEmbeddedPostgres({ directory, port: 0, settings });
  const databaseUrl = postgres.url('postgres');
  const sql = createSql({ databaseUrl, applicationName: 'bench', connectionsMax: CONNECTIONS });
  try {
    await migrate({ databaseUrl, directory: 'prisma/migrations' });
    await sql.query(
      'CREATE TABLE yardstick (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body bytea)',
    );
    await sql.query('ALTER TABLE yardstick ALTER COLUMN body SET STORAGE EXTERNAL');
    return await measure(sql);
  } finally {
    await sql.end();
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function measure(sql: Sql): Promise<Record<string, unknown>> {
  const log = createPostgresEventLog({ sql });
  const streamIds = await createStreams(sql);
  const result: Record<string, unknown> = { connections: CONNECTIONS, streams: STREAMS, fsync: true };
  for (const { label, bodyBytes } of SIZES) {
    const body = randomBytes(bodyBytes);
    let appends = 0;
    let inserts = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      appends += await countFor(SLICE_MS, (n) => appendOne(log, toChunk(streamIds[n % STREAMS] ?? 0, body)));
      inserts += await countFor(SLICE_MS, () =>
        sql.query('INSERT INTO yardstick (body) VALUES ($1)', [body]),
      );
    }
    const seconds = (SLICE_MS * ROUNDS) / 1_000;
    result[label] = {
      appendsPerSecond: Math.round(appends / seconds),
      appendMegabytesPerSecond: Math.round((appends * bodyBytes) / seconds / 1e5) / 10,
      plainInsertsPerSecond: Math.round(inserts / seconds),
      appendsPerPlainInsert: Math.round((appends / inserts) * 100) / 100,
    };
  }
  const batch = randomBytes(4_000);
  const batches = await countFor(SLICE_MS, (n) => {
    const chunks = streamIds.map((_, i) => toChunk(streamIds[(n + i) % STREAMS] ?? 0, batch));
    const accepted = chunks.map(({ streamId, hourMs, rows }) => ({ streamId, hourMs, rows }));
    return log.append({ appendId: randomUUID(), chunks, idempotency: [], accepted });
  });
  result['32 chunks of 4KB per append'] = {
    chunksPerSecond: Math.round((batches * STREAMS * 1_000) / SLICE_MS),
  };
  result.readMegabytesPerSecond = await measureRead(log, streamIds[0] ?? 0);
  return result;
}

async function createStreams(sql: Sql): Promise<number[]> {
  const ids: number[] = [];
  for (let i = 0; i < STREAMS; i += 1) {
    ids.push(await ensureStream(sql, { ...(await createTenant(sql)), type: 'events' }));
  }
  return ids;
}

/** How often `step` completes on all connections together within the time. */
async function countFor(ms: number, step: (n: number) => Promise<unknown>): Promise<number> {
  const end = performance.now() + ms;
  let started = 0;
  let completed = 0;
  const worker = async () => {
    while (performance.now() < end) {
      started += 1;
      await step(started);
      if (performance.now() < end) completed += 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  return completed;
}

async function appendOne(log: EventLog, chunk: NewChunk): Promise<void> {
  const { streamId, hourMs, rows } = chunk;
  const accepted = [{ streamId, hourMs, rows }];
  const result = await log.append({ appendId: randomUUID(), chunks: [chunk], idempotency: [], accepted });
  if (result.kind !== 'stored') throw new Error(`The append was answered ${result.kind}`);
}

function toChunk(streamId: number, body: Buffer): NewChunk {
  const nowMs = Date.now();
  return {
    streamId,
    hourMs: Math.floor(nowMs / 3_600_000) * 3_600_000,
    rows: 100,
    rawBytes: body.length * 5,
    crcRaw: 0,
    bodyBytes: body.length,
    crcBody: crc32(body),
    receivedMinMs: nowMs,
    receivedMaxMs: nowMs,
    receivedSumMs: BigInt(nowMs) * 100n,
    snapshotEnd: false,
    body,
  };
}

async function measureRead(log: EventLog, streamId: number): Promise<number> {
  const { nextOffset } = await log.head(streamId);
  const start = performance.now();
  let bytes = 0;
  for await (const { body } of log.read(streamId, 0, nextOffset - 1)) bytes += body.length;
  return Math.round(bytes / (performance.now() - start) / 100) / 10;
}
