import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { watchRouting } from '@/lib/testing/delivery-state';
import { createTestRouting } from '@/lib/testing/routing';
import { settleRoutings } from './settle-routings';

const PLACE = {
  endpoint: 'http://127.0.0.1:9',
  bucket: 'b',
  region: 'eu-west-1',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** A routing in the given state that has one confirmed file. */
async function routingWithFile(assignment: string) {
  const routing = await createTestRouting({ sql: database.sql, store: PLACE });
  await database.sql.query(
    `WITH c AS (
       INSERT INTO cut (organization_id, routing_id, lane_id, epoch, destination_version, lo, hi, reason, rows,
         raw_bytes, body_bytes, state)
       SELECT organization_id, routing_id, id, 1, 1, 0, 0, 'age', 1, 1, 1, 'committed' FROM lane WHERE routing_id = $1
       RETURNING *)
     INSERT INTO file (id, organization_id, routing_id, cut_id, position, endpoint, bucket, key, type, lo, hi, kind,
       rows, raw_bytes, crc_raw, received_min, received_max, received_sum_ms, state, delivered_at)
     SELECT gen_random_uuid(), organization_id, routing_id, id, 0, '', 'b', $1::text, 'events', 0, 0, 'stitched', 1, 1,
       0, now(), now(), 0, 'delivered', now() FROM c`,
    [routing.routingId],
  );
  await database.sql.query(`UPDATE routing SET ${assignment} WHERE id = $1`, [routing.routingId]);
  return watchRouting(database.sql, routing);
}

test('a first confirmed file makes it active and healthy in one step, also before its own news is written', async () => {
  const watch = await routingWithFile(`lifecycle = 'starting', health = 'unknown'`);
  await settleRoutings(database.sql, 'w');
  expect(await watch.routing()).toEqual({ lifecycle: 'active', health: 'healthy', health_cause: null });
  expect(await watch.transitions()).toEqual(['starting → delivering']);
});

test('what was blocked before a pause is blocked after it, until a file is confirmed', async () => {
  const watch = await routingWithFile(
    `lifecycle = 'resuming', health = 'blocked', health_cause = 'conflict'`,
  );
  await settleRoutings(database.sql, 'w');
  expect(await watch.routing()).toMatchObject({ lifecycle: 'active', health: 'blocked' });
  expect(await watch.transitions()).toEqual(['resuming → blocked']);
});
