import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { watchRouting } from '@/lib/testing/delivery-state';
import { createTestRouting, type TestRouting } from '@/lib/testing/routing';
import { recordHealth } from './record-health';

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

let routing: TestRouting;
let events: number;
let aliases: number;
beforeEach(async () => {
  const { sql } = database;
  routing = await createTestRouting({ sql, store: PLACE, dataTypes: ['events', 'sync_aliases'] });
  events = await laneOf(routing.streamIds.events);
  aliases = await laneOf(routing.streamIds.sync_aliases);
  await sql.query(
    `UPDATE routing SET lifecycle = 'active', health = 'blocked', health_cause = 'c' WHERE id = $1`,
    [routing.routingId],
  );
});

async function laneOf(streamId: number | undefined): Promise<number> {
  const { rows } = await database.sql.query<{ id: number }>(
    'SELECT id FROM lane WHERE routing_id = $1 AND stream_id = $2',
    [routing.routingId, streamId],
  );
  return rows[0]!.id;
}

async function healthAfterDelivery(laneId: number): Promise<string> {
  const news = { kind: 'delivered', laneId } as const;
  await recordHealth(database.sql, routing.routingId, { news, workerId: 'w' });
  return (await watchRouting(database.sql, routing).routing()).health;
}

test.each([
  ['failed at its last try', 'failures = 1'],
  ['is held', `held_cause = 'conflict'`],
])('a lane that delivers does not paint a routing green whose other lane %s', async (_, assignment) => {
  await database.sql.query(`UPDATE lane SET ${assignment} WHERE id = $1`, [aliases]);
  expect(await healthAfterDelivery(events)).toBe('blocked');
});

test('the lane that failed clears the routing itself, before its commit', async () => {
  await database.sql.query('UPDATE lane SET failures = 3 WHERE id = $1', [aliases]);
  expect(await healthAfterDelivery(aliases)).toBe('healthy');
});

test('a held lane of a type that the routing no longer takes does not keep it blocked', async () => {
  await database.sql.query(`UPDATE lane SET held_cause = 'conflict', running = false WHERE id = $1`, [
    aliases,
  ]);
  await database.sql.query(`UPDATE routing SET data_types = '{events}' WHERE id = $1`, [routing.routingId]);
  expect(await healthAfterDelivery(events)).toBe('healthy');
});

test('a PUT that ends while pausing does not hide that another lane is held', async () => {
  await database.sql.query('UPDATE lane SET running = false WHERE routing_id = $1', [routing.routingId]);
  await database.sql.query(`UPDATE lane SET held_cause = 'conflict' WHERE id = $1`, [aliases]);
  expect(await healthAfterDelivery(events)).toBe('blocked');
});
