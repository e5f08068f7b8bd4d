import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createSql, type Sql } from '@/lib/platform/sql';
import { ensureStream } from '@/lib/services/stream/ensure-stream';
import { testChunk } from '@/lib/testing/chunk';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { startTcpProxy, type TcpProxy } from '@/lib/testing/tcp-proxy';
import { createTenant } from '@/lib/testing/tenant';
import { AppendOutcomeUnknownError, type AppendRequest, type EventLog } from './event-log';
import { createPostgresEventLog } from './postgres-event-log';

let database: TestDatabase;
let proxy: TcpProxy;
let proxied: Sql;
let direct: EventLog;
let workspaceId: string;
let streamId: number;
beforeAll(async () => {
  database = await createTestDatabase();
  const url = new URL(database.url);
  proxy = await startTcpProxy(Number(url.port));
  url.port = String(proxy.port);
  proxied = createSql({ databaseUrl: url.toString(), applicationName: 'collector', connectionsMax: 4 });
  direct = createPostgresEventLog({ sql: database.sql });
});
afterAll(async () => {
  await proxy.close();
  await proxied.end();
  await database.close();
});
beforeEach(async () => {
  proxy.recover();
  const tenant = await createTenant(database.sql);
  workspaceId = tenant.workspaceId;
  streamId = await ensureStream(database.sql, { ...tenant, type: 'events' });
});

async function newRequest(): Promise<AppendRequest> {
  const key = { workspaceId, call: 'events', key: randomUUID(), bodyHash: Buffer.of(1), status: 201 };
  return {
    appendId: randomUUID(),
    chunks: [await testChunk(streamId, ['a']), await testChunk(streamId, ['b'])],
    idempotency: [{ ...key, answer: Buffer.from('created') }],
  };
}

function logBehindProxy(times: { appendDeadlineMs: number; replyTimeoutMs: number }): EventLog {
  return createPostgresEventLog({ sql: proxied, ...times });
}

const PATIENT = { appendDeadlineMs: 15_000, replyTimeoutMs: 5_000 };
const IMPATIENT = { appendDeadlineMs: 700, replyTimeoutMs: 200 };

test('a lost reply is asked for again under the same id: stored once, with its first placement', async () => {
  const log = logBehindProxy(PATIENT);
  for (let round = 0; round < 5; round += 1) {
    await log.head(streamId);
    proxy.loseNextReply();
    expect(await log.append(await newRequest())).toEqual({
      kind: 'stored',
      offsets: [round * 2, round * 2 + 1],
    });
  }
  expect((await direct.head(streamId)).nextOffset).toBe(10);
});

test('when no reply ever comes the outcome is unknown, not failed; the same id settles it later', async () => {
  const request = await newRequest();
  const log = logBehindProxy(IMPATIENT);
  await log.head(streamId);
  proxy.swallowReplies();
  const failure = await log.append(request).then(
    () => null,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(AppendOutcomeUnknownError);
  expect(failure).toMatchObject({ appendId: request.appendId });
  expect(await direct.append(request)).toEqual({ kind: 'stored', offsets: [0, 1] });
  expect((await direct.head(streamId)).nextOffset).toBe(2);
});

test('a database that was never reached is UNAVAILABLE: surely nothing was stored', async () => {
  proxy.refuse();
  await expect(logBehindProxy(IMPATIENT).append(await newRequest())).rejects.toMatchObject({
    code: 'UNAVAILABLE',
  });
  expect((await direct.head(streamId)).nextOffset).toBe(0);
});

test('a database that comes back within the deadline is waited for', async () => {
  proxy.refuse();
  const appended = logBehindProxy(PATIENT).append(await newRequest());
  setTimeout(() => proxy.recover(), 300);
  expect(await appended).toEqual({ kind: 'stored', offsets: [0, 1] });
});

test('after a lost reply an error of the database does not pass for "not stored"', async () => {
  const request = await newRequest();
  const log = logBehindProxy({ appendDeadlineMs: 1_500, replyTimeoutMs: 500 });
  await log.head(streamId);
  proxy.loseNextReply();
  const appended = log.append(request).then(
    () => null,
    (error: unknown) => error,
  );
  await database.sql.query('ALTER TABLE log.append RENAME TO append_away');
  const failure = await appended;
  await database.sql.query('ALTER TABLE log.append_away RENAME TO append');
  expect(failure).toBeInstanceOf(AppendOutcomeUnknownError);
});

test('an error of the database is thrown as it is when no reply was lost, and the pool stays whole', async () => {
  const chunk = { ...(await testChunk(streamId, ['a'])), streamId: 987_654 };
  const request = { ...(await newRequest()), chunks: [chunk] };
  await expect(direct.append(request)).rejects.toMatchObject({ code: '23503' });
  expect(await direct.append(await newRequest())).toEqual({ kind: 'stored', offsets: [0, 1] });
});
