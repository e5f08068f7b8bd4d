import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf } from '@/lib/testing/code-of';
import { type CtxFactory, createCtxFactory, routingInput } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import { createRouting } from '../routing/create';
import { startRouting } from '../routing/start';
import { readLastAnswers } from './read-last-answers';

let database: TestDatabase;
let people: CtxFactory;
let tenant: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createCtxFactory(database);
  tenant = await createTenant(database.sql);
});
afterAll(() => database.close());

/** A started routing with one sealed file. */
async function makeFile() {
  const admin = await people.ctxOf('admin');
  const { routing } = await createRouting({ ctx: admin, input: routingInput(tenant) });
  await database.sql.query(`SELECT log.ensure_stream($1, $2, 'events')`, [
    tenant.organizationId,
    tenant.workspaceId,
  ]);
  await startRouting({ ctx: admin, input: { routingId: routing.id, withoutCheck: true } });
  const { rows } = await database.sql.query<{ id: string }>(
    `WITH c AS (
       INSERT INTO cut (organization_id, routing_id, lane_id, epoch, destination_version, lo, hi, reason, rows,
         raw_bytes, body_bytes, state)
       SELECT organization_id, routing_id, id, epoch, 1, 0, 0, 'age', 1, 1, 1, 'sealed'
       FROM lane WHERE routing_id = $1 LIMIT 1 RETURNING *)
     INSERT INTO file (id, organization_id, routing_id, cut_id, position, endpoint, bucket, key, type, hour, lo, hi,
       kind, rows, raw_bytes, crc_raw, received_min, received_max, received_sum_ms, state)
     SELECT gen_random_uuid(), organization_id, routing_id, id, 0, '', 'b', gen_random_uuid()::text, 'events',
       now(), 0, 0, 'stitched', 1, 1, 1, now(), now(), 0, 'sealed' FROM c RETURNING id`,
    [routing.id],
  );
  return { routingId: routing.id, fileId: rows[0]!.id };
}

test('the last confirmation and the last refusal are told with the request of each, whatever came in between', async () => {
  const { routingId, fileId } = await makeFile();
  await database.sql.query(
    `INSERT INTO attempt (organization_id, routing_id, file_id, generation, number, worker_id, deadline_at, ended_at,
       outcome, http_status, code, request_id)
     SELECT $1, $2, $3, 1, n, 'w1', now(), now() - (10 - n) * interval '1 min', o, s, c, 'R' || n
     FROM (VALUES (1, 'refused', 403, 'AccessDenied'), (2, 'done', 200, NULL), (3, 'refused', 403, 'InvalidAccessKeyId'),
       (4, 'unknown', 503, 'SlowDown'), (5, NULL, NULL, NULL)) AS t (n, o, s, c)`,
    [tenant.organizationId, routingId, fileId],
  );
  await database.sql.query('UPDATE attempt SET ended_at = NULL WHERE file_id = $1 AND outcome IS NULL', [
    fileId,
  ]);
  const viewer = await people.ctxOf('customer_viewer', tenant);
  expect(await readLastAnswers({ ctx: viewer, input: { routingId } })).toMatchObject({
    confirmed: { httpStatus: 200, code: null, requestId: 'R2' },
    refused: { httpStatus: 403, code: 'InvalidAccessKeyId', requestId: 'R3' },
  });
  const stranger = await people.ctxOf('customer_admin', await createTenant(database.sql));
  expect(await codeOf(readLastAnswers({ ctx: stranger, input: { routingId } }))).toBe('NOT_FOUND');
});

test('what has never happened is null', async () => {
  const { routingId } = await makeFile();
  const ctx = await people.ctxOf('ops');
  expect(await readLastAnswers({ ctx, input: { routingId } })).toEqual({ confirmed: null, refused: null });
});
