import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createCtxFactory } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { watchRouting } from '@/lib/testing/delivery-state';
import { markMeasured } from '@/lib/testing/measured';
import { appendLines, createTestRouting, numberedLines, type TestRouting } from '@/lib/testing/routing';
import { getRouting } from '../routing/get';
import { watchHealth } from './watch-health';

const PLACE = {
  endpoint: 'http://127.0.0.1:9',
  bucket: 'b',
  region: 'eu-west-1',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

let database: TestDatabase;
let routing: TestRouting;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** Ten lines, received ten minutes ago, all of them sealed and none of them in the bucket. */
beforeEach(async () => {
  const { sql } = database;
  routing = await createTestRouting({ sql, store: PLACE });
  await appendLines(createPostgresEventLog({ sql }), routing.streamId, numberedLines('l', 10));
  const id = [routing.routingId];
  await sql.query(`UPDATE routing SET lifecycle = 'active', health = 'healthy' WHERE id = $1`, id);
  await sql.query(
    `UPDATE lane SET next = 1, pending_since = clock_timestamp() - interval '10 minutes' WHERE routing_id = $1`,
    id,
  );
});

test('what is sealed and not in the bucket is still pending, and its age is the freshness', async () => {
  const ctx = await createCtxFactory(database).ctxOf('ops');
  const view = await getRouting({ ctx, input: { routingId: routing.routingId } });
  expect(view.pendingRows).toBe(10);
  expect(view.pendingBytes).toBeGreaterThan(0);
  expect(view.freshnessMs).toBeGreaterThanOrEqual(600_000);
});

test('a routing whose sealed files do not arrive is late', async () => {
  await markMeasured(database.sql);
  const { sql } = database;
  await watchHealth(sql, 'w1');
  await sql.query(
    `UPDATE routing SET over_promise_since = over_promise_since - interval '10 minutes' WHERE id = $1`,
    [routing.routingId],
  );
  await watchHealth(sql, 'w1');
  expect(await watchRouting(sql, routing).routing()).toMatchObject({ health: 'late' });
});
