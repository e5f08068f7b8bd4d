import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@/dev/embedded-postgres/start';
import { migrate } from '@/lib/platform/db/migrate';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createSql, type Sql } from '@/lib/platform/sql';
import { ensureStream } from '@/lib/services/stream/ensure-stream';
import { testChunk } from '@/lib/testing/chunk';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { openPipeline, type Pipeline } from '@/lib/testing/pipeline';
import { testSealKeyPair, thisHourMs } from '@/lib/testing/routing';
import { createTenant } from '@/lib/testing/tenant';
import { waitUntil } from '@/lib/testing/wait-until';
import { startWorkerProcess, type WorkerProcess } from '@/lib/testing/worker-process';

/** More than a segment of the write-ahead log, so that only the log's bodies reach it. */
const FILE_BYTES_MAX = 24 * 1024 * 1024;
/** A worker needs no disk of its own: it may not write a single byte to a file. */
const NO_FILES = 'ulimit -f 0';
const SETTINGS = { fsync: 'off' };

let directory: string;
let postgres: EmbeddedPostgres;
let store: TestObjectStore;
let sql: Sql;
let pipeline: Pipeline;
let worker: WorkerProcess | undefined;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sluice-disk-full-'));
  store = await startTestObjectStore();
  postgres = await startEmbeddedPostgres({
    directory,
    port: 0,
    settings: SETTINGS,
    fileBytesMax: FILE_BYTES_MAX,
  });
  const databaseUrl = postgres.url('postgres');
  await migrate({ databaseUrl, directory: 'prisma/migrations' });
  sql = createSql({ databaseUrl, applicationName: 'test', connectionsMax: 4 });
  pipeline = await openPipeline({ store, sql, databaseUrl });
});
afterAll(async () => {
  worker?.kill('SIGKILL');
  await pipeline.close();
  await sql.end();
  await postgres.stop();
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Another workspace's chunks, small enough to lie in the rows themselves, until there is no room for a row. */
async function fillTheDisk(): Promise<void> {
  const log = createPostgresEventLog({ sql });
  const streamId = await ensureStream(sql, { ...(await createTenant(sql)), type: 'events' });
  const chunk = await testChunk(streamId, [randomBytes(1_300).toString('base64')], {
    hourMs: thisHourMs(),
  });
  const chunks = Array.from({ length: 1_000 }, () => chunk);
  await expect(async () => {
    for (let appends = 0; appends < 100; appends += 1)
      await log.append({ appendId: randomUUID(), chunks, idempotency: [] });
  }).rejects.toThrow(/could not extend file/);
}

/** The first answer that is not a success; what was accepted until then goes into `acked`. */
function untilRefused(acked: string[]): Promise<number> {
  return waitUntil(
    'the collector refuses an event',
    async () => {
      const mark = randomUUID();
      const response = await fetch(`${pipeline.collectorUrl()}/v2.0/events`, {
        method: 'POST',
        headers: { 'x-api-key': pipeline.serverKey, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'Sent', user_id: randomUUID(), properties: { mark } }),
        signal: AbortSignal.timeout(30_000),
      });
      await response.arrayBuffer();
      if (response.status === 201) acked.push(mark);
      return response.status === 201 ? null : response.status;
    },
    60_000,
  );
}

test('while the log has no room collectors answer 503 and nothing acknowledged is lost; with room again all goes on', async () => {
  await pipeline.startCollector();
  const env = {
    DATABASE_URL: postgres.url('postgres'),
    SLUICE_SEAL_PRIVATE_KEYS: testSealKeyPair().privateKeyPem,
  };
  worker = await startWorkerProcess('worker', env, { limits: NO_FILES });
  const { output } = worker;
  await waitUntil('the worker has started', () => output().includes('"Started"'), 60_000);
  const producers = pipeline.startProducers();
  await waitUntil('lines are acknowledged', () => producers.acked.size > 50, 60_000);
  await fillTheDisk();
  const acked: string[] = [];
  expect(await untilRefused(acked)).toBe(503);
  const { port } = postgres;
  await postgres.stop();
  postgres = await startEmbeddedPostgres({ directory, port, settings: SETTINGS });
  const ackedBefore = producers.acked.size;
  await waitUntil('lines are acknowledged again', () => producers.acked.size > ackedBefore + 50, 60_000);
  const verdict = await pipeline.finish({ acked, deadlineMs: 120_000 });
  expect(verdict, verdict.faults.join('\n')).toMatchObject({ holds: true, missing: 0, duplicates: 0 });
}, 240_000);
