import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf } from '@/lib/testing/code-of';
import { type CtxFactory, createCtxFactory, routingInput } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import type { Ctx } from '../context';
import { getFile } from '../file/get';
import { listFiles } from '../file/list';
import { createRouting } from './create';
import { getRouting } from './get';
import { listRoutings, type RoutingPage } from './list';
import { listActivity } from './list-activity';
import { startRouting } from './start';

let database: TestDatabase;
let people: CtxFactory;
let tenant: TestTenant;
let foreign: TestTenant;
let admin: Ctx;
let viewer: Ctx;
let stranger: Ctx;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createCtxFactory(database);
  tenant = await createTenant(database.sql);
  foreign = await createTenant(database.sql);
  admin = await people.ctxOf('admin');
  viewer = await people.ctxOf('customer_viewer', tenant);
  stranger = await people.ctxOf('customer_viewer', foreign);
});
afterAll(() => database.close());

async function makeRouting(of: TestTenant, name = 'Main site'): Promise<string> {
  return (await createRouting({ ctx: admin, input: { ...routingInput(of), name } })).routing.id;
}

/** Every page, one after the other, until there is none. */
async function readAll(ctx: Ctx, limit: number): Promise<string[]> {
  const ids: string[] = [];
  let page: RoutingPage = await listRoutings({ ctx, input: { limit } });
  for (;;) {
    ids.push(...page.routings.map(({ id }) => id));
    if (page.nextCursor === null) return ids;
    page = await listRoutings({ ctx, input: { limit, cursor: page.nextCursor } });
  }
}

describe('the list of routings', () => {
  test('pages through every routing of the actor’s organization once, also where two were made at the same time', async () => {
    const own: string[] = [];
    for (let n = 0; n < 5; n += 1) own.push(await makeRouting(tenant, `Site ${n}`));
    await makeRouting(foreign);
    await database.sql.query(
      `UPDATE routing SET created_at = now() + interval '1 microsecond' * ($2::uuid[] @> ARRAY[id])::int WHERE id = ANY ($1)`,
      [own, own.slice(0, 2)],
    );
    const seen = await readAll(viewer, 2);
    expect(seen.slice(0, 2).sort()).toEqual(own.slice(0, 2).sort());
    expect([...seen].sort()).toEqual([...own].sort());
    expect((await readAll(admin, 2)).length).toBeGreaterThan(seen.length);
  });

  test('does not page from a routing of another organization', async () => {
    const cursor = await makeRouting(foreign);
    const page = await listRoutings({ ctx: viewer, input: { cursor } });
    expect(page).toMatchObject({ routings: [], nextCursor: null });
    const input = { organizationId: foreign.organizationId };
    expect(await codeOf(listRoutings({ ctx: viewer, input }))).toBe('NOT_FOUND');
    expect(await codeOf(listRoutings({ ctx: viewer, input: { cursor: 'x' } }))).toBe('VALIDATION');
    expect(await codeOf(listRoutings({ ctx: viewer, input: { limit: 201 } }))).toBe('VALIDATION');
  });

  test('finds text literally, in any case', async () => {
    const id = await makeRouting(tenant, '100 % of Aurora');
    const find = async (q: string) =>
      (await listRoutings({ ctx: viewer, input: { q } })).routings.map((routing) => routing.id);
    expect(await find('100 % OF aurora')).toEqual([id]);
    expect(await find('100 _ of')).toEqual([]);
    expect(await find('aurora-events')).toContain(id);
  });
});

test('a routing of another organization is not there, whatever is asked of it', async () => {
  const input = { routingId: await makeRouting(tenant) };
  for (const verb of [getRouting, listFiles, listActivity]) {
    expect(await codeOf(verb({ ctx: stranger, input }))).toBe('NOT_FOUND');
    expect(await codeOf(verb({ ctx: viewer, input }))).toBe('none');
  }
});

test('what is pending shows as rows and as the age of the oldest, with and without a look of the dispatcher', async () => {
  const own = await createTenant(database.sql);
  const routingId = await makeRouting(own);
  const { rows } = await database.sql.query<{ id: number }>(
    `SELECT log.ensure_stream($1, $2, 'events') AS id`,
    [own.organizationId, own.workspaceId],
  );
  await startRouting({ ctx: admin, input: { routingId, withoutCheck: true } });
  const read = () => getRouting({ ctx: admin, input: { routingId } });
  expect(await read()).toMatchObject({ pendingRows: 0, freshnessMs: null });

  await database.sql.query(
    `INSERT INTO log.chunk SELECT s.part, s.id, 0, date_trunc('hour', now()), 7, 70, 0, 9, 0, now() - interval '90 s',
       now(), 0, 0, 0, 0, false, '' FROM log.stream s WHERE s.id = $1`,
    [rows[0]!.id],
  );
  await database.sql.query('UPDATE log.stream SET next_offset = 1, rows_total = 7 WHERE id = $1', [
    rows[0]!.id,
  ]);
  const unseen = await read();
  expect(unseen.pendingRows).toBe(7);
  expect(unseen.freshnessMs).toBeGreaterThanOrEqual(90_000);
  await database.sql.query(`UPDATE lane SET pending_since = now() - interval '2 h' WHERE routing_id = $1`, [
    routingId,
  ]);
  expect((await read()).freshnessMs).toBeGreaterThanOrEqual(7_200_000);
});

describe('delivered files', () => {
  async function deliver(routingId: string, secondsAgo: number, state = 'delivered'): Promise<string> {
    const { rows } = await database.sql.query<{ id: string }>(
      `WITH l AS (
         INSERT INTO lane (organization_id, routing_id, stream_id, next, done)
         SELECT organization_id, $1, log.ensure_stream(organization_id, workspace_id, 'events'), 0, 0
         FROM routing WHERE id = $1 ON CONFLICT (routing_id, stream_id) DO UPDATE SET epoch = lane.epoch + 1 RETURNING *
       ), c AS (
         INSERT INTO cut (organization_id, routing_id, lane_id, epoch, destination_version, lo, hi, reason, rows,
           raw_bytes, body_bytes, state)
         SELECT organization_id, $1, id, 1, 1, epoch, epoch, 'age', 3, 30, 9, 'committed' FROM l RETURNING *
       )
       INSERT INTO file (id, organization_id, routing_id, cut_id, position, endpoint, bucket, key, type, hour, lo, hi,
         kind, rows, raw_bytes, crc_raw, received_min, received_max, received_sum_ms, state, gzip_bytes, delivered_at)
       SELECT gen_random_uuid(), organization_id, $1, id, 0, '', 'aurora-events', gen_random_uuid()::text, 'events',
         date_trunc('hour', now()), lo, hi, 'stitched', 3, 30, 255, t - interval '41 s', t, 0, $3, 12, t
       FROM c, (SELECT date_trunc('second', now()) - $2::int * interval '1 s' AS t) at RETURNING id`,
      [routingId, secondsAgo, state],
    );
    return rows[0]!.id;
  }

  test('are listed newest first in pages, each once, also when some landed at the same instant', async () => {
    const routingId = await makeRouting(tenant);
    const ids: string[] = [];
    for (const secondsAgo of [5, 5, 5, 4, 3]) ids.push(await deliver(routingId, secondsAgo));
    await deliver(routingId, 1, 'sealed');
    const first = await listFiles({ ctx: viewer, input: { routingId, limit: 2 } });
    expect(first.files.map(({ id }) => id)).toEqual([ids[4], ids[3]]);
    expect(first.files[0]).toMatchObject({ rows: 3, gzipBytes: 12, latencyMs: 41_000, attempts: 0 });
    const seen = [...first.files];
    let { nextCursor } = first;
    while (nextCursor !== null) {
      const page = await listFiles({ ctx: viewer, input: { routingId, limit: 2, cursor: nextCursor } });
      seen.push(...page.files);
      nextCursor = page.nextCursor;
    }
    expect(seen.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect((await getRouting({ ctx: viewer, input: { routingId } })).lastFile?.id).toBe(ids[4]);
  });

  test('show their attempts to their own organization and do not exist for another', async () => {
    const fileId = await deliver(await makeRouting(tenant), 9);
    await database.sql.query(
      `INSERT INTO attempt (organization_id, routing_id, file_id, generation, number, worker_id, deadline_at, outcome, http_status)
       SELECT organization_id, routing_id, id, 1, n, 'w1', now(), CASE n WHEN 1 THEN 'unknown' ELSE 'done' END, 200
       FROM file, generate_series(1, 2) AS n WHERE id = $1`,
      [fileId],
    );
    const file = await getFile({ ctx: viewer, input: { fileId } });
    expect(file.attempts).toBe(2);
    expect(file).toMatchObject({ crc32: '000000ff', rawBytes: 30, firstOffset: file.lastOffset });
    expect(file.attemptList.map(({ outcome }) => outcome)).toEqual(['unknown', 'done']);
    expect(await codeOf(getFile({ ctx: stranger, input: { fileId } }))).toBe('NOT_FOUND');
    expect(await codeOf(getFile({ ctx: viewer, input: { fileId: randomUUID() } }))).toBe('NOT_FOUND');
  });

  test('count every attempt and show the newest hundred in order', async () => {
    const fileId = await deliver(await makeRouting(tenant), 9);
    await database.sql.query(
      `INSERT INTO attempt (organization_id, routing_id, file_id, generation, number, worker_id, deadline_at, outcome)
       SELECT organization_id, routing_id, id, 1, n, 'w1', now(), 'refused'
       FROM file, generate_series(1, 130) AS n WHERE id = $1`,
      [fileId],
    );
    const { attempts, attemptList } = await getFile({ ctx: viewer, input: { fileId } });
    expect(attempts).toBe(130);
    expect(attemptList.map(({ number }) => number)).toEqual(Array.from({ length: 100 }, (_, i) => i + 31));
  });
});
