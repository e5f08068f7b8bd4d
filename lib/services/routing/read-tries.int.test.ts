import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf } from '@/lib/testing/code-of';
import { createCtxFactory } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTestRouting, type TestRouting } from '@/lib/testing/routing';
import { createTenant } from '@/lib/testing/tenant';
import type { Ctx } from '../context';
import { readTries } from './read-tries';

const PLACE = {
  endpoint: 'http://127.0.0.1:9',
  bucket: 'b',
  region: 'eu-west-1',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

let database: TestDatabase;
let routing: TestRouting;
let customer: Ctx;
beforeAll(async () => {
  database = await createTestDatabase();
  routing = await createTestRouting({
    sql: database.sql,
    store: PLACE,
    dataTypes: ['events', 'sync_aliases'],
  });
  customer = await createCtxFactory(database).ctxOf('customer_viewer', routing.tenant);
});
afterAll(() => database.close());

const read = () => readTries({ ctx: customer, input: { routingId: routing.routingId } });

/** Tries that ended one minute after the other, the last of them a minute ago; one more is still open. */
async function addTries(count: number): Promise<void> {
  await database.sql.query(
    `WITH c AS (
       INSERT INTO cut (organization_id, routing_id, lane_id, epoch, destination_version, lo, hi, reason, rows,
         raw_bytes, body_bytes, state)
       SELECT organization_id, routing_id, id, 1, 1, 0, 0, 'age', 1, 1, 1, 'sealed' FROM lane WHERE routing_id = $1
       LIMIT 1 RETURNING *),
     f AS (
       INSERT INTO file (id, organization_id, routing_id, cut_id, position, endpoint, bucket, key, type, lo, hi, kind,
         rows, raw_bytes, crc_raw, received_min, received_max, received_sum_ms, state)
       SELECT gen_random_uuid(), organization_id, routing_id, id, 0, '', 'b', 'k', 'events', 0, 0, 'stitched', 1, 1, 0,
         now(), now(), 0, 'sealed' FROM c RETURNING *)
     INSERT INTO attempt (organization_id, routing_id, file_id, generation, number, worker_id, deadline_at, ended_at,
       outcome, http_status, code, request_id)
     SELECT organization_id, routing_id, id, 1, n, 'w', now(),
       CASE WHEN n <= $2 THEN now() - ($2 + 1 - n) * interval '1 minute' END,
       CASE WHEN n <= $2 THEN 'refused' END, 403, 'AccessDenied', 'R' || n
     FROM f, generate_series(1, $2 + 1) n`,
    [routing.routingId, count],
  );
}

test('nothing was tried and nothing is held at first', async () => {
  expect(await read()).toEqual({
    lastTries: [],
    nextTryAt: null,
    heldRows: 0,
    heldBytes: 0,
    keptUntil: null,
  });
});

test('the newest five tries that ended come newest first, with what the store answered', async () => {
  await addTries(7);
  const { lastTries } = await read();
  expect(lastTries.map(({ requestId }) => requestId)).toEqual(['R7', 'R6', 'R5', 'R4', 'R3']);
  expect(lastTries[0]).toMatchObject({ httpStatus: 403, code: 'AccessDenied', outcome: 'refused' });
  expect(Date.parse(lastTries[0]!.at)).toBeGreaterThan(Date.parse(lastTries[1]!.at));
});

test('the next try is when the first lane ends its back-off; a held lane has none', async () => {
  const { sql } = database;
  const back = async (type: 'events' | 'sync_aliases', minutes: number) => {
    const { rows } = await sql.query<{ at: Date }>(
      `UPDATE lane SET not_before = now() + $3 * interval '1 minute' WHERE routing_id = $1 AND stream_id = $2
       RETURNING not_before AS at`,
      [routing.routingId, routing.streamIds[type], minutes],
    );
    return rows[0]!.at.toISOString();
  };
  const aliases = await back('sync_aliases', 2);
  const events = await back('events', 1);
  expect((await read()).nextTryAt).toBe(events);
  await sql.query(`UPDATE lane SET held_cause = 'conflict' WHERE stream_id = $1`, [routing.streamIds.events]);
  expect((await read()).nextTryAt).toBe(aliases);
  await back('sync_aliases', -1);
  expect((await read()).nextTryAt).toBeNull();
});

test('for strangers the routing is not there', async () => {
  const other = await createTenant(database.sql);
  const ctx = await createCtxFactory(database).ctxOf('customer_admin', other);
  expect(await codeOf(readTries({ ctx, input: { routingId: routing.routingId } }))).toBe('NOT_FOUND');
});
