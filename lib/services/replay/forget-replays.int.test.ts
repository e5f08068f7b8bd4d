import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTestRouting, type TestRouting } from '@/lib/testing/routing';
import { forgetReplays } from './forget-replays';

let database: TestDatabase;
let routing: TestRouting;
const STORE = {
  endpoint: '',
  bucket: 'b',
  region: 'eu-west-1',
  accessKeyId: 'key',
  secretAccessKey: 'secret',
};
beforeAll(async () => {
  database = await createTestDatabase();
  routing = await createTestRouting({ sql: database.sql, store: STORE });
});
afterAll(() => database.close());

let fileId: string;
/** A delivered file, of which every replay here is. */
beforeAll(async () => {
  const { rows } = await database.sql.query<{ id: string }>(
    `WITH c AS (
       INSERT INTO cut (organization_id, routing_id, lane_id, epoch, destination_version, lo, hi, reason, rows, raw_bytes,
         body_bytes, state) SELECT organization_id, routing_id, id, 1, 1, 0, 0, 'age', 1, 1, 1, 'committed' FROM lane
       WHERE routing_id = $1 RETURNING *)
     INSERT INTO file (id, organization_id, routing_id, cut_id, position, endpoint, bucket, key, type, lo, hi, kind, rows,
       raw_bytes, crc_raw, received_min, received_max, received_sum_ms, state)
     SELECT gen_random_uuid(), organization_id, routing_id, id, 0, '', 'b', 'k', 'events', 0, 0, 'stitched', 1, 1, 1,
       now(), now(), 0, 'delivered' FROM c RETURNING id`,
    [routing.routingId],
  );
  fileId = rows[0]!.id;
});

async function replay(endedDaysAgo: number | null): Promise<string> {
  const id = randomUUID();
  await database.sql.query(
    `INSERT INTO replay (id, organization_id, routing_id, mode, types, from_hour, to_hour, actor, pending_files,
       pending_rows, set_aside_rows, gap_rows, state, started_at, ended_at)
     VALUES ($1, $2, $3, 'fill', '{events}', now() - interval '1 hour', now(), 'a', 0, 0, 0, 0,
       CASE WHEN $4::int IS NULL THEN 'running' ELSE 'done' END, now() - interval '200 days',
       now() - $4::int * interval '1 day')`,
    [id, routing.tenant.organizationId, routing.routingId, endedDaysAgo],
  );
  await database.sql.query(
    `INSERT INTO replay_file (replay_id, organization_id, file_id, position, object_id, endpoint, bucket, key)
     VALUES ($1, $2, $3, 0, $3, '', 'b', 'k')`,
    [id, routing.tenant.organizationId, fileId],
  );
  return id;
}

test('replays go with their files 90 days after their end; younger ones and those that run stay whole', async () => {
  await replay(91);
  await replay(120);
  const kept = [await replay(89), await replay(null)].sort();
  expect(await forgetReplays(database.sql)).toBe(2);
  const { rows } = await database.sql.query<{ id: string; files: number }>(
    'SELECT p.id, (SELECT count(*) FROM replay_file x WHERE x.replay_id = p.id)::int AS files FROM replay p ORDER BY id',
  );
  expect(rows).toEqual(kept.map((id) => ({ id, files: 1 })));
  expect(await forgetReplays(database.sql)).toBe(0);
});
