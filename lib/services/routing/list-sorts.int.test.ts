import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LatencySketch } from '@/lib/domain/latency/sketch';
import { type CtxFactory, createCtxFactory, routingInput } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import type { Ctx } from '../context';
import { createRouting } from './create';
import { listRoutings } from './list';
import { startRouting } from './start';

let database: TestDatabase;
let people: CtxFactory;
let tenant: TestTenant;
let admin: Ctx;
let viewer: Ctx;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createCtxFactory(database);
  tenant = await createTenant(database.sql);
  admin = await people.ctxOf('admin');
  viewer = await people.ctxOf('customer_viewer', tenant);
});
afterAll(() => database.close());

async function make(name: string, change: Partial<ReturnType<typeof routingInput>> = {}): Promise<string> {
  const input = { ...routingInput(tenant), ...change, name };
  return (await createRouting({ ctx: admin, input })).routing.id;
}

async function names(input: Parameters<typeof listRoutings>[0]['input'], ctx = viewer): Promise<string[]> {
  return (await listRoutings({ ctx, input })).routings.map(({ name }) => name);
}

describe('three routings, of which one has nothing waiting', () => {
  beforeAll(async () => {
    const { organizationId, workspaceId } = tenant;
    await database.sql.query(
      `SELECT log.ensure_stream($1, $2, type) FROM unnest(ARRAY['events', 'sync_aliases']) AS type`,
      [organizationId, workspaceId],
    );
    const ids = [await make('b many'), await make('A old'), await make('c none')];
    for (const routingId of ids) await startRouting({ ctx: admin, input: { routingId, withoutCheck: true } });
    await database.sql.query(
      `UPDATE log.stream SET next_offset = 9, rows_total = 90, body_bytes_total = 900 WHERE organization_id = $1`,
      [organizationId],
    );
    const pend = (id: string | undefined, done: number, minutes: number) =>
      database.sql.query(
        `UPDATE lane SET next = $2::int, done = $2::int, rows_done = $2::int * 10, body_bytes_done = $2::int * 100,
           pending_since = now() - $3::int * interval '1 min' WHERE routing_id = $1`,
        [id, done, minutes],
      );
    await pend(ids[0], 2, 1);
    await pend(ids[1], 8, 20);
    await pend(ids[2], 9, 0);
    await database.sql.query(
      `INSERT INTO latency_rollup (organization_id, routing_id, grain, at, rows, within_rows, sum_ms, max_ms, waiting_ms,
         batching_ms, uploading_ms, retrying_ms, files, raw_bytes, gzip_bytes, sketch)
       SELECT $1, id, 'hour', date_trunc('hour', now()) - hours * interval '1 hour', 100, within, 1, 1, 0, 0, 0, 0, 1, 1, 1, $4
       FROM (VALUES ($2::uuid, 1, 99), ($2::uuid, 2, 99), ($3::uuid, 1, 100), ($3::uuid, 30, 0)) AS t (id, hours, within)`,
      [organizationId, ids[0], ids[1], Buffer.from(new LatencySketch().encode())],
    );
  });

  test.each([
    ['freshness', ['A old', 'b many', 'c none']],
    ['-freshness', ['b many', 'A old', 'c none']],
    ['held', ['b many', 'A old', 'c none']],
    ['-held', ['A old', 'b many', 'c none']],
    ['in-promise', ['b many', 'A old', 'c none']],
    ['-in-promise', ['A old', 'b many', 'c none']],
    ['name', ['A old', 'b many', 'c none']],
    ['-name', ['c none', 'b many', 'A old']],
    ['created', ['c none', 'A old', 'b many']],
    ['-created', ['b many', 'A old', 'c none']],
  ])('sorted by %s', async (sort, expected) => {
    expect(await names({ sort })).toEqual(expected);
    const paged = [...(await names({ sort, limit: 2 })), ...(await names({ sort, limit: 2, page: 2 }))];
    expect(paged).toEqual(expected);
  });

  test('are found in an order, page by page and by cursor alike', async () => {
    const first = await listRoutings({ ctx: viewer, input: { sort: 'name', limit: 2 } });
    expect(first).toMatchObject({ total: 3, offset: 0 });
    const cursor = first.nextCursor ?? '';
    const next = await listRoutings({ ctx: viewer, input: { sort: 'name', limit: 2, cursor } });
    expect(next).toMatchObject({ total: 3, offset: 2, nextCursor: null });
    expect(next.routings.map(({ name }) => name)).toEqual(['c none']);
  });

  test('show their last page when one behind it is asked for', async () => {
    const far = await listRoutings({ ctx: viewer, input: { sort: 'name', limit: 2, page: 70 } });
    expect([far.offset, far.routings.map(({ name }) => name)]).toEqual([2, ['c none']]);
  });
});

describe('filters', () => {
  let own: TestTenant;
  let reader: Ctx;
  beforeAll(async () => {
    own = await createTenant(database.sql);
    reader = await people.ctxOf('customer_viewer', own);
    const input = routingInput(own);
    await createRouting({ ctx: admin, input: { ...input, name: 'Ireland', region: 'eu-west-1' } });
    const moved = { ...input, name: 'Virginia', region: 'us-east-1', bucket: 'borealis-events' };
    const { routing } = await createRouting({ ctx: admin, input: moved });
    await startRouting({ ctx: admin, input: { routingId: routing.id, withoutCheck: true } });
  });

  test.each([
    [{ region: 'us-east-1' }, ['Virginia']],
    [{ region: 'ap-south-1' }, []],
    [{ status: 'starting' }, ['Virginia']],
    [{ status: 'verifying', region: 'us-east-1' }, []],
    [{ q: 'BOREALIS' }, ['Virginia']],
    [{ q: 'Main site', region: 'eu-west-1' }, ['Ireland']],
    [{ view: 'onboarding', sort: 'name' }, ['Ireland', 'Virginia']],
  ] as const)('%o lets through %o', async (input, expected) => {
    expect(await names(input, reader)).toEqual(expected);
  });

  test('of an organization serve the vendor’s people only', async () => {
    const ops = await people.ctxOf('ops');
    expect(await names({ organizationId: own.organizationId, sort: 'name' }, ops)).toEqual([
      'Ireland',
      'Virginia',
    ]);
    const stranger = await people.ctxOf('customer_viewer', await createTenant(database.sql));
    await expect(
      listRoutings({ ctx: stranger, input: { organizationId: own.organizationId } }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await listRoutings({ ctx: ops, input: { organizationId: randomUUID() } })).total).toBe(0);
  });
});
