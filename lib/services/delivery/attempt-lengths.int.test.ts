import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTestRouting } from '@/lib/testing/routing';
import { type AttemptLengths, createAttemptLengths } from './attempt-lengths';

let database: TestDatabase;
let lengths: AttemptLengths;
beforeAll(async () => {
  database = await createTestDatabase();
  lengths = createAttemptLengths(database.sql);
});
afterAll(() => database.close());

const STORE = {
  endpoint: '',
  bucket: 'b',
  region: 'eu-west-1',
  accessKeyId: 'key',
  secretAccessKey: 'secret',
};
let fileId: string;
beforeEach(async () => {
  const { routingId } = await createTestRouting({ sql: database.sql, store: STORE });
  const { rows } = await database.sql.query<{ id: string }>(
    `WITH c AS (
       INSERT INTO cut (organization_id, routing_id, lane_id, epoch, destination_version, lo, hi, reason, rows, raw_bytes,
         body_bytes, state) SELECT organization_id, routing_id, id, 1, 1, 0, 0, 'age', 1, 1, 1, 'sealed' FROM lane
       WHERE routing_id = $1 RETURNING *)
     INSERT INTO file (id, organization_id, routing_id, cut_id, position, endpoint, bucket, key, type, lo, hi, kind, rows,
       raw_bytes, crc_raw, received_min, received_max, received_sum_ms, state)
     SELECT gen_random_uuid(), organization_id, routing_id, id, 0, '', 'b', routing_id::text, 'events', 0, 0,
       'recompressed', 1, 1, 1, now(), now(), 0, 'sealed' FROM c RETURNING id`,
    [routingId],
  );
  fileId = rows[0]!.id;
});

let number = 0;
async function attempt(outcome: string | null, gzipBytes: number | null): Promise<void> {
  number += 1;
  const { rows } = await database.sql.query<{ id: number }>(
    `INSERT INTO attempt (organization_id, routing_id, file_id, generation, number, worker_id, deadline_at, outcome)
     SELECT organization_id, routing_id, id, 1, $2, 'w1', now(), $3 FROM file WHERE id = $1 RETURNING id`,
    [fileId, number, outcome],
  );
  if (gzipBytes !== null) await lengths.note(rows[0]!.id, gzipBytes);
}

test('an object is ours by the length of any attempt, however that one ended', async () => {
  await attempt('unknown', 100);
  await attempt('refused', 104);
  await attempt(null, 102);
  const known = await Promise.all([100, 104, 102, 101].map((bytes) => lengths.isOurs(fileId, bytes)));
  expect(known).toEqual([true, true, true, false]);
});

test.each(['unknown', null])(
  'an attempt that ended as %s and noted no length may have sent any',
  async (outcome) => {
    await attempt(outcome, null);
    expect(await lengths.isOurs(fileId, 77)).toBe(true);
  },
);

test('an attempt that was refused and noted no length has sent nothing', async () => {
  await attempt('refused', null);
  await attempt(null, 50);
  expect(await lengths.isOurs(fileId, 77)).toBe(false);
});
