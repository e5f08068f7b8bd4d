import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createSql, type Sql, type SqlClient } from '@/lib/platform/sql';
import { ensureStream } from '@/lib/services/stream/ensure-stream';
import { testChunk } from '@/lib/testing/chunk';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { moveToOldPartition } from '@/lib/testing/old-partition';
import { createTenant } from '@/lib/testing/tenant';
import { maintainPartitions } from './partitions';
import { createPostgresEventLog } from './postgres-event-log';

let database: TestDatabase;
let appending: Sql;
let streamId: number;
beforeAll(async () => {
  database = await createTestDatabase({ connectionsMax: 15 });
  // An append that has to wait for a lock fails here: it would have waited for maintenance.
  const url = new URL(database.url);
  url.searchParams.set('options', '-c lock_timeout=100');
  appending = createSql({ databaseUrl: url.toString(), applicationName: 'collector', connectionsMax: 2 });
});
afterAll(async () => {
  await appending.end();
  await database.close();
});
beforeEach(async () => {
  streamId = await ensureStream(database.sql, { ...(await createTenant(database.sql)), type: 'events' });
});

const IMPATIENT = { lockTimeoutMs: 100, tries: 2 };

async function appendLine(line: string): Promise<number> {
  const log = createPostgresEventLog({ sql: appending });
  const chunks = [await testChunk(streamId, [line])];
  const result = await log.append({ appendId: randomUUID(), chunks, idempotency: [] });
  if (result.kind !== 'stored') throw new Error(`The append was answered ${result.kind}`);
  return result.offsets[0]!;
}

/** The name of the partition of the day so many days from today. */
async function nameOf(days: number): Promise<string> {
  const { rows } = await database.sql.query<{ name: string }>(
    `SELECT 'chunk_p' || to_char((now() AT TIME ZONE 'UTC')::date + $1::int, 'YYYYMMDD') AS name`,
    [days],
  );
  return rows[0]!.name;
}

/** A partition of a past day with one chunk of the stream in it. */
async function makeOldPartition(days: number): Promise<string> {
  await appendLine('old');
  return moveToOldPartition(database.sql, streamId, days);
}

async function partitions(): Promise<string[]> {
  const { rows } = await database.sql.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'log'::regnamespace
      AND relkind = 'r' AND relname LIKE 'chunk_p%' ORDER BY 1`,
  );
  return rows.map((row) => row.name);
}

/** A session that has read the log and keeps its transaction, and so its snapshot and locks, open. */
async function openReader(): Promise<{ client: SqlClient; close: () => Promise<void> }> {
  const client = await database.sql.connect();
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  await client.query('SET LOCAL idle_in_transaction_session_timeout = 0');
  await client.query('SELECT count(*) FROM log.chunk');
  return {
    client,
    close: async () => {
      await client.query('COMMIT');
      client.release();
    },
  };
}

test('a migrated database has partitions for today and two days ahead, and a second run changes nothing', async () => {
  expect(await partitions()).toEqual([await nameOf(0), await nameOf(1), await nameOf(2)]);
  expect(await maintainPartitions(database.sql)).toEqual({ attached: [], dropped: [], postponed: [] });
});

test('with a reader open, new days are attached at once and appends go on', async () => {
  const reader = await openReader();
  const report = await maintainPartitions(database.sql, { daysAhead: 4, ...IMPATIENT });
  expect(report.attached).toEqual([await nameOf(3), await nameOf(4)]);
  expect(await appendLine('while the reader is open')).toBe(0);
  await reader.close();
});

test('partitions past the retention are dropped, the last day within it is kept', async () => {
  const kept = await makeOldPartition(7);
  const expired = await makeOldPartition(8);
  expect(await maintainPartitions(database.sql, IMPATIENT)).toEqual({
    attached: [],
    dropped: [expired],
    postponed: [],
  });
  expect(await partitions()).toContain(kept);
  await maintainPartitions(database.sql, { ...IMPATIENT, retentionDays: 6 });
  expect(await partitions()).not.toContain(kept);
});

test('an expired partition in use is postponed, appends never wait for it, and the next run drops it', async () => {
  const expired = await makeOldPartition(9);
  const reader = await openReader();
  const maintenance = maintainPartitions(database.sql, { lockTimeoutMs: 500, tries: 2 });
  let settled = false;
  const done = maintenance.finally(() => {
    settled = true;
  });
  let appended = 0;
  while (!settled) {
    await appendLine(`line ${appended}`);
    appended += 1;
  }
  expect((await done).postponed).toEqual([expired]);
  expect(appended).toBeGreaterThan(10);
  const { rows } = await reader.client.query(
    'SELECT count(*)::int AS chunks FROM log.chunk WHERE stream_id = $1',
    [streamId],
  );
  expect(rows).toEqual([{ chunks: 1 }]);
  await reader.close();
  expect((await maintainPartitions(database.sql, IMPATIENT)).dropped).toEqual([expired]);
});

test('a partition that a dead run left detached is dropped', async () => {
  const expired = await makeOldPartition(10);
  await database.sql.query(`ALTER TABLE log.chunk DETACH PARTITION log.${expired}`);
  expect((await maintainPartitions(database.sql, IMPATIENT)).dropped).toEqual([expired]);
});

test('several processes maintain at once and nothing is dropped twice or left over', async () => {
  const expired = [await makeOldPartition(11), await makeOldPartition(12)];
  await Promise.all(
    Array.from({ length: 4 }, () => maintainPartitions(database.sql, { daysAhead: 6, tries: 20 })),
  );
  const left = await partitions();
  expect(left).not.toContain(expired[0]);
  expect(left).not.toContain(expired[1]);
  expect(left).toContain(await nameOf(6));
});

test('over midnight chunks go to the next day and offsets stay gapless; a day once begun is never left', async () => {
  const log = createPostgresEventLog({ sql: database.sql });
  const partOf = async (offset: number) => {
    const { rows } = await database.sql.query<{ name: string }>(
      'SELECT tableoid::regclass::text AS name FROM log.chunk WHERE stream_id = $1 AND "offset" = $2',
      [streamId, offset],
    );
    return rows[0]!.name;
  };
  await database.sql.query(
    `UPDATE log.stream SET part = (now() AT TIME ZONE 'UTC')::date - 1 WHERE id = $1`,
    [streamId],
  );
  await appendLine('before midnight');
  // Another process, a moment ahead over midnight, has written the stream's head already.
  await database.sql.query(
    `UPDATE log.stream SET part = (now() AT TIME ZONE 'UTC')::date + 1 WHERE id = $1`,
    [streamId],
  );
  await appendLine('after midnight');
  await appendLine('after midnight, from a transaction begun before it');
  expect(await Promise.all([0, 1, 2].map(partOf))).toEqual([
    `log.${await nameOf(0)}`,
    `log.${await nameOf(1)}`,
    `log.${await nameOf(1)}`,
  ]);
  expect((await log.scan(streamId, 0, 10)).map((meta) => meta.offset)).toEqual([0, 1, 2]);
});
