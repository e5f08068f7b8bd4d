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
import { thisHourMs } from '@/lib/testing/routing';
import { createTenant } from '@/lib/testing/tenant';
import { waitUntil } from '@/lib/testing/wait-until';

/** More than a segment of the write-ahead log, so that only the log's bodies reach it. */
const FILE_BYTES_MAX = 24 * 1024 * 1024;
const SETTINGS = { fsync: 'off' };

let directory: string;
let postgres: EmbeddedPostgres;
let store: TestObjectStore;
let sql: Sql;
let pipeline: Pipeline;
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
  await pipeline.close();
  await sql.end();
  await postgres.stop();
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Another workspace's lines, until the disk takes no more. */
async function fillTheDisk(): Promise<void> {
  const log = createPostgresEventLog({ sql });
  const streamId = await ensureStream(sql, { ...(await createTenant(sql)), type: 'events' });
  const chunk = await testChunk(streamId, [randomBytes(900_000).toString('base64')], {
    hourMs: thisHourMs(),
  });
  await expect(async () => {
    for (let chunks = 0; chunks < 200; chunks += 1)
      await log.append({ appendId: randomUUID(), chunks: [chunk], idempotency: [] });
  }).rejects.toThrow(/could not extend file/);
}

async function statusOfAnEvent(): Promise<number> {
  const response = await fetch(`${pipeline.collectorUrl()}/v2.0/events`, {
    method: 'POST',
    headers: { 'x-api-key': pipeline.serverKey, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Refused', user_id: randomUUID(), properties: {} }),
    signal: AbortSignal.timeout(30_000),
  });
  await response.arrayBuffer();
  return response.status;
}

test('while the log has no room collectors answer 503 and nothing acknowledged is lost; with room again all goes on', async () => {
  await pipeline.startCollector();
  await pipeline.startWorker();
  const producers = pipeline.startProducers();
  await waitUntil('lines are acknowledged', () => producers.acked.size > 50);
  await fillTheDisk();
  await waitUntil('the collector refuses', async () => (await statusOfAnEvent()) !== 201);
  expect(await statusOfAnEvent()).toBe(503);
  const { port } = postgres;
  await postgres.stop();
  postgres = await startEmbeddedPostgres({ directory, port, settings: SETTINGS });
  const ackedBefore = producers.acked.size;
  await waitUntil('lines are acknowledged again', () => producers.acked.size > ackedBefore + 50);
  const verdict = await pipeline.finish(producers);
  expect(verdict, verdict.faults.join('\n')).toMatchObject({ holds: true, missing: 0, duplicates: 0 });
}, 150_000);
