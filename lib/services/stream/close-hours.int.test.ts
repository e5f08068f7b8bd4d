import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ManualClock } from '@/lib/platform/clock';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { inTransaction, type Sql } from '@/lib/platform/sql';
import { TEST_HOUR_MS, testChunk } from '@/lib/testing/chunk';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant } from '@/lib/testing/tenant';
import { closeHours } from './close-hours';
import { ensureStream } from './ensure-stream';

const HOUR_MS = 3_600_000;
const HOUR_END_MS = TEST_HOUR_MS + HOUR_MS;

let database: TestDatabase;
let sql: Sql;
let log: EventLog;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = database.sql;
  log = createPostgresEventLog({ sql });
});
afterAll(() => database.close());

async function newStream(): Promise<number> {
  return ensureStream(sql, { ...(await createTenant(sql)), type: 'events' });
}

async function appendTo(streamId: number, hourMs: number): Promise<string> {
  const chunks = [await testChunk(streamId, ['line'], { hourMs })];
  return (await log.append({ appendId: randomUUID(), chunks, idempotency: [] })).kind;
}

test('an hour takes lines until 30 s after its end, then never again; the next hour is open', async () => {
  const streams = [await newStream(), await newStream()];
  const [stream] = streams;
  await closeHours(sql, new ManualClock(HOUR_END_MS + 29_999));
  expect(await appendTo(stream!, TEST_HOUR_MS)).toBe('stored');
  expect(await closeHours(sql, new ManualClock(HOUR_END_MS + 30_000))).toEqual({
    streams: 2,
    postponedWorkspaceIds: [],
  });
  for (const streamId of streams) {
    expect((await log.head(streamId)).closedThroughMs).toBe(HOUR_END_MS);
    expect(await appendTo(streamId, TEST_HOUR_MS)).toBe('hour_closed');
    expect(await appendTo(streamId, HOUR_END_MS)).toBe('stored');
  }
});

test('closing again, or with a clock that runs behind, moves nothing back', async () => {
  const stream = await newStream();
  await closeHours(sql, new ManualClock(HOUR_END_MS + 5 * HOUR_MS));
  const { closedThroughMs } = await log.head(stream);
  for (const clock of [new ManualClock(HOUR_END_MS + 5 * HOUR_MS), new ManualClock(HOUR_END_MS)]) {
    expect((await closeHours(sql, clock)).streams).toBe(0);
    expect((await log.head(stream)).closedThroughMs).toBe(closedThroughMs);
  }
});

test('a stream that is born after an hour was closed cannot reopen it', async () => {
  await closeHours(sql, new ManualClock(HOUR_END_MS + 30_000));
  expect(await appendTo(await newStream(), TEST_HOUR_MS)).toBe('hour_closed');
});

test('a workspace that somebody holds is postponed, all others are closed, and the next call closes it', async () => {
  const tenant = await createTenant(sql);
  const held = await ensureStream(sql, { ...tenant, type: 'events' });
  const free = await newStream();
  const clock = new ManualClock(HOUR_END_MS + 10 * HOUR_MS);
  await inTransaction(sql, async (client) => {
    await client.query('SELECT log.lock_workspace($1)', [tenant.workspaceId]);
    expect((await closeHours(sql, clock)).postponedWorkspaceIds).toEqual([tenant.workspaceId]);
    expect((await log.head(free)).closedThroughMs).toBe(HOUR_END_MS + 9 * HOUR_MS);
  });
  expect(await closeHours(sql, clock)).toEqual({ streams: 1, postponedWorkspaceIds: [] });
  expect((await log.head(held)).closedThroughMs).toBe(HOUR_END_MS + 9 * HOUR_MS);
});

test('a clock far ahead closes no hour that the database has not seen the end of', async () => {
  const stream = await newStream();
  await closeHours(sql, new ManualClock(Date.UTC(2100, 0, 1)));
  const { rows } = await sql.query<{ ms: number }>(
    `SELECT extract(epoch FROM date_trunc('hour', now(), 'UTC'))::float8 * 1000 AS ms`,
  );
  expect((await log.head(stream)).closedThroughMs).toBeLessThanOrEqual(rows[0]!.ms);
  expect(await appendTo(stream, rows[0]!.ms)).toBe('stored');
});
