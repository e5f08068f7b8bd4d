import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateApiKey, hashApiKey } from '@/lib/platform/api-key';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { testChunk } from '@/lib/testing/chunk';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTestRouting, type TestRouting } from '@/lib/testing/routing';
import { findCollectionKey } from './find-collection-key';

const store = {
  endpoint: 'http://127.0.0.1:1',
  bucket: 'bucket',
  region: 'eu-west-1',
  accessKeyId: 'AKIATEST',
  secretAccessKey: 'secret-of-the-test',
};

let database: TestDatabase;
let routing: TestRouting;
let key: string;

beforeAll(async () => {
  database = await createTestDatabase();
  routing = await createTestRouting({ sql: database.sql, store, dataTypes: ['events'] });
  key = generateApiKey('server');
  const { organizationId, workspaceId } = routing.tenant;
  await database.sql.query(
    `INSERT INTO api_key (organization_id, workspace_id, kind, name, key_hash, last4) VALUES ($1, $2, 'server', 'k', $3, 'last')`,
    [organizationId, workspaceId, hashApiKey(key)],
  );
  const log = createPostgresEventLog({ sql: database.sql });
  for (const line of ['first', 'second']) {
    const chunks = [await testChunk(routing.streamId, [line])];
    await log.append({ appendId: randomUUID(), chunks, idempotency: [] });
  }
});
afterAll(() => database.close());

const undelivered = async () => (await findCollectionKey(database.sql, key))?.undeliveredBytes;

async function bodyBytes(): Promise<number[]> {
  const { rows } = await database.sql.query<{ body_bytes: number }>(
    'SELECT body_bytes FROM log.chunk WHERE stream_id = $1 ORDER BY "offset"',
    [routing.streamId],
  );
  return rows.map((row) => row.body_bytes);
}

test('bytes that the slowest lane has not delivered count', async () => {
  const [first = 0, second = 0] = await bodyBytes();
  expect(await undelivered()).toBe(first + second);
});

test('bytes that retention has dropped count no more', async () => {
  const [, second = 0] = await bodyBytes();
  const dropped = await database.sql.query('DELETE FROM log.chunk WHERE stream_id = $1 AND "offset" = 0', [
    routing.streamId,
  ]);
  expect(dropped.rowCount).toBe(1);
  expect(await undelivered()).toBe(second);
});

test('a lane of a type that was taken out of its routing holds nobody up', async () => {
  await database.sql.query(`UPDATE routing SET data_types = '{sync_aliases}' WHERE id = $1`, [
    routing.routingId,
  ]);
  expect(await undelivered()).toBe(0);
});
