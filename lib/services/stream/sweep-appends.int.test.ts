import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant } from '@/lib/testing/tenant';
import { sweepAppends } from './sweep-appends';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('append ids and keys are kept for 24 h and deleted after that, in any number', async () => {
  const { sql } = database;
  const { workspaceId } = await createTenant(sql);
  const log = createPostgresEventLog({ sql });
  const store = async (key: string) => {
    const row = {
      workspaceId,
      call: 'events',
      key,
      bodyHash: Buffer.of(1),
      status: 200,
      answer: Buffer.of(2),
    };
    await log.append({ appendId: randomUUID(), chunks: [], idempotency: [row] });
  };
  await store('old');
  await store('young');
  for (const table of ['log.append', 'log.idempotency']) {
    const old = table === 'log.append' ? '' : "WHERE key = 'old'";
    await sql.query(`UPDATE ${table} SET at = now() - interval '24 hours 1 second' ${old}`);
  }
  await sql.query(
    `INSERT INTO log.append (id, offsets, at)
      SELECT gen_random_uuid(), '{}', now() - interval '2 days' FROM generate_series(1, 12000)`,
  );
  await sql.query(
    `INSERT INTO log.append (id, offsets, at) VALUES (gen_random_uuid(), '{}', now() - interval '23 hours')`,
  );
  expect(await sweepAppends(sql)).toEqual({ appends: 12_002, keys: 1 });
  expect(await log.findIdempotency(workspaceId, 'events', 'old')).toBeNull();
  expect(await log.findIdempotency(workspaceId, 'events', 'young')).not.toBeNull();
  expect(await sweepAppends(sql)).toEqual({ appends: 0, keys: 0 });
});
