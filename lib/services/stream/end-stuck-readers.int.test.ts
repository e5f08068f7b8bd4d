import { randomBytes, randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { testChunk } from '@/lib/testing/chunk';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant } from '@/lib/testing/tenant';
import { endStuckReaders } from './end-stuck-readers';
import { ensureStream } from './ensure-stream';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('a client that stopped reading blocks no append, and its session is ended', async () => {
  const { sql } = database;
  const log = createPostgresEventLog({ sql });
  const streamId = await ensureStream(sql, { ...(await createTenant(sql)), type: 'events' });
  const body = randomBytes(1_000_000);
  const small = await testChunk(streamId, ['a']);
  const large = { ...small, body, bodyBytes: body.length, crcBody: crc32(body) };
  const append = () => log.append({ appendId: randomUUID(), chunks: [large, large, large], idempotency: [] });
  for (let i = 0; i < 8; i += 1) await append();

  const frozen = new pg.Client({ connectionString: database.url, application_name: 'frozen' });
  const ended = new Promise((resolve) => frozen.on('error', resolve));
  await frozen.connect();
  const { stream } = (frozen as unknown as { connection: { stream: NodeJS.ReadableStream } }).connection;
  const reading = frozen.query('SELECT body FROM log.chunk WHERE stream_id = $1', [streamId]).then(
    () => 'answered',
    () => 'ended',
  );
  stream.pause();
  const waitEvent = async () => {
    const text = "SELECT wait_event FROM pg_stat_activity WHERE application_name = 'frozen'";
    return (await sql.query<{ wait_event: string }>(text)).rows[0]?.wait_event;
  };
  await expect.poll(waitEvent, { timeout: 30_000 }).toBe('ClientWrite');

  expect(await append()).toMatchObject({ kind: 'stored' });
  expect(await endStuckReaders(sql, 3_600)).toBe(0);
  expect(await endStuckReaders(sql, 0)).toBe(1);
  await expect.poll(waitEvent, { timeout: 30_000 }).toBeUndefined();
  stream.resume();
  await ended;
  expect(await reading).toBe('ended');
});
