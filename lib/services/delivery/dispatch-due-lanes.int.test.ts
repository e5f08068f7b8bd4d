import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { appendLines, createTestRouting, numberedLines } from '@/lib/testing/routing';
import { dispatchDueLanes } from './dispatch-due-lanes';

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

/** Lanes of a workspace each, due since long before anybody else's, all of which failed last time. */
async function addFailedLanes(organizationId: string, count: number): Promise<void> {
  await database.sql.query(
    `WITH w AS (
       INSERT INTO workspace (organization_id, name) SELECT $1, 'w' || g FROM generate_series(1, $2::int) g RETURNING id),
     s AS (
       INSERT INTO log.stream (organization_id, workspace_id, type, next_offset)
       SELECT $1, id, 'events', 1 FROM w RETURNING id, workspace_id),
     r AS (
       INSERT INTO routing (organization_id, workspace_id, name, lifecycle, data_types)
       SELECT $1, id, 'x', 'active', '{events}' FROM w RETURNING id, workspace_id)
     INSERT INTO lane (organization_id, routing_id, stream_id, next, done, running, failures, pending_since)
     SELECT $1, r.id, s.id, 0, 0, true, 1, now() - interval '2 hours' FROM r JOIN s USING (workspace_id)`,
    [organizationId, count],
  );
}

test('a healthy lane is woken however many that failed have waited longer', async () => {
  const { sql } = database;
  const healthy = await createTestRouting({ sql, store: PLACE });
  await appendLines(createPostgresEventLog({ sql }), healthy.streamId, numberedLines('l', 5));
  await sql.query(`UPDATE lane SET pending_since = now() - interval '1 hour' WHERE routing_id = $1`, [
    healthy.routingId,
  ]);
  await addFailedLanes(healthy.tenant.organizationId, 1_001);
  const due = await dispatchDueLanes(sql, 0);
  expect(due.filter((lane) => !lane.isBehind)).toHaveLength(1);
  expect(due.filter((lane) => lane.isBehind)).toHaveLength(1_000);
});
