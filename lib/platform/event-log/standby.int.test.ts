import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@/dev/embedded-postgres/start';
import { migrate } from '@/lib/platform/db/migrate';
import { createSql, type Sql } from '@/lib/platform/sql';
import { ensureStream } from '@/lib/services/stream/ensure-stream';
import { testChunk } from '@/lib/testing/chunk';
import { createTenant } from '@/lib/testing/tenant';
import { AppendOutcomeUnknownError } from './event-log';
import { createPostgresEventLog } from './postgres-event-log';

// A server of its own: a synchronous standby is a setting of the whole server.
const directory = mkdtempSync(join(tmpdir(), 'sluice-standby-'));
let postgres: EmbeddedPostgres;
let sql: Sql;
let streamId: number;
let workspaceId: string;
beforeAll(async () => {
  postgres = await startEmbeddedPostgres({ directory, port: 0, settings: { fsync: 'off' } });
  const databaseUrl = postgres.url('postgres');
  await migrate({ databaseUrl, directory: 'prisma/migrations' });
  sql = createSql({ databaseUrl, applicationName: 'collector', connectionsMax: 6 });
  const tenant = await createTenant(sql);
  workspaceId = tenant.workspaceId;
  streamId = await ensureStream(sql, { ...tenant, type: 'events' });
});
afterAll(async () => {
  await sql.end();
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function setStandby(name: string): Promise<void> {
  await sql.query(`ALTER SYSTEM SET synchronous_standby_names = '${name}'`);
  await sql.query('SELECT pg_reload_conf()');
  await expect
    .poll(async () => (await sql.query('SHOW synchronous_standby_names')).rows, { timeout: 30_000 })
    .toEqual([{ synchronous_standby_names: name }]);
}

/** Cancels every commit that waits for the standby, once one does; Postgres then reports it as a success. */
async function cancelWaitingCommits(): Promise<void> {
  const text = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
  await expect.poll(async () => (await sql.query(text)).rowCount, { timeout: 30_000 }).toBeGreaterThan(0);
}

test('an append that only the primary has is not answered as stored, neither at first nor when asked again', async () => {
  await setStandby('gone');
  const log = createPostgresEventLog({ sql, appendDeadlineMs: 1_500, replyTimeoutMs: 1_000 });
  const chunks = [await testChunk(streamId, ['a'])];
  const key = { workspaceId, call: 'events', key: 'k', bodyHash: Buffer.of(1), status: 201 };
  const idempotency = [{ ...key, answer: Buffer.from('created') }];
  const request = { appendId: randomUUID(), chunks, idempotency };
  const outcome = log.append(request).then(
    (result) => result,
    (error: unknown) => error,
  );
  await cancelWaitingCommits();
  expect(await outcome).toBeInstanceOf(AppendOutcomeUnknownError);
  expect((await log.head(streamId)).nextOffset).toBe(1);

  await setStandby('');
  const patient = createPostgresEventLog({ sql });
  expect(await patient.append(request)).toEqual({ kind: 'stored', offsets: [0] });
});
