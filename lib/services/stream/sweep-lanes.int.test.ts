import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { testChunk } from '@/lib/testing/chunk';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createRoutingRow } from '@/lib/testing/routing-row';
import { createTenant } from '@/lib/testing/tenant';
import { ensureStream } from './ensure-stream';
import { sweepLanes } from './sweep-lanes';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('a missing lane is made from the earliest chunk kept and reported once; a whole set is left alone', async () => {
  const { sql } = database;
  const tenant = await createTenant(sql);
  const whole = await createRoutingRow(sql, tenant);
  const streamId = await ensureStream(sql, { ...tenant, type: 'events' });
  const chunks = await Promise.all(['a', 'b', 'c'].map((line) => testChunk(streamId, [line])));
  await createPostgresEventLog({ sql }).append({ appendId: randomUUID(), chunks, idempotency: [] });
  await sql.query('DELETE FROM log.chunk WHERE stream_id = $1 AND "offset" = 0', [streamId]);
  expect(await sweepLanes(sql)).toEqual([]);

  const lacking = await createRoutingRow(sql, tenant, { lifecycle: 'paused', intent: 'pause' });
  await createRoutingRow(sql, tenant, { lifecycle: 'draft' });
  await createRoutingRow(sql, tenant, { dataTypes: ['segment'] });
  expect(await sweepLanes(sql)).toEqual([
    { organizationId: tenant.organizationId, routingId: lacking, streamId },
  ]);
  const { rows } = await sql.query('SELECT routing_id, next, done, rows_done, running FROM lane ORDER BY id');
  expect(rows).toEqual([
    { routing_id: whole, next: 0, done: 0, rows_done: 0, running: true },
    { routing_id: lacking, next: 1, done: 1, rows_done: 1, running: false },
  ]);
  expect(await sweepLanes(sql)).toEqual([]);
});
