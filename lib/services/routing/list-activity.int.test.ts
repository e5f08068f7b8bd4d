import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ActivityFilter } from '@/lib/domain/routing/activity';
import { codeOf } from '@/lib/testing/code-of';
import { type CtxFactory, createCtxFactory, routingInput } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import type { Ctx } from '../context';
import { createRouting } from './create';
import { listActivity } from './list-activity';
import { pauseRouting } from './pause';
import { startRouting } from './start';

let database: TestDatabase;
let people: CtxFactory;
let tenant: TestTenant;
let admin: Ctx;
let services: Ctx;
let viewer: Ctx;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createCtxFactory(database);
  tenant = await createTenant(database.sql);
  admin = await people.ctxOf('admin');
  services = await people.ctxOf('technical_services');
  viewer = await people.ctxOf('customer_viewer', tenant);
});
afterAll(() => database.close());

/** Created by the admin, started and paused by technical services, settled by a worker. */
async function makeHistory(): Promise<string> {
  const { routing } = await createRouting({ ctx: admin, input: routingInput(tenant) });
  await startRouting({ ctx: services, input: { routingId: routing.id, withoutCheck: true } });
  await pauseRouting({ ctx: services, input: { routingId: routing.id } });
  await insertStates(routing.id, 1);
  return routing.id;
}

async function insertStates(routingId: string, count: number): Promise<void> {
  await database.sql.query(
    `INSERT INTO routing_transition (organization_id, routing_id, from_label, to_label, cause, actor)
     SELECT $1, $2, 'pausing', 'paused', 'delivery.settled_paused', 'worker:w1' FROM generate_series(1, $3)`,
    [tenant.organizationId, routingId, count],
  );
}

async function linesOf(ctx: Ctx, routingId: string, filter: ActivityFilter = 'all'): Promise<string[]> {
  const { activity } = await listActivity({ ctx, input: { routingId, filter } });
  return activity.map(({ change }) => (change.kind === 'audit' ? change.action : `to ${change.to}`));
}

const STATES = ['to paused', 'to pausing', 'to starting'];

test('the time line tells an act that changed the status once, and audit rows to who may read them', async () => {
  const routingId = await makeHistory();
  const all = [...STATES, 'routing.create'];
  expect(await linesOf(admin, routingId)).toEqual(all);
  expect(await linesOf(await people.ctxOf('ops'), routingId)).toEqual(all);
  expect(await linesOf(await people.ctxOf('customer_admin', tenant), routingId)).toEqual(all);
  // Technical services read their own acts only, viewers none.
  expect(await linesOf(services, routingId)).toEqual(STATES);
  expect(await linesOf(viewer, routingId)).toEqual(STATES);
});

test('it can be narrowed to the status, or to what people did', async () => {
  const routingId = await makeHistory();
  expect(await linesOf(admin, routingId, 'status')).toEqual(STATES);
  expect(await linesOf(admin, routingId, 'people')).toEqual(['to pausing', 'to starting', 'routing.create']);
  expect(await linesOf(viewer, routingId, 'people')).toEqual(['to pausing', 'to starting']);
});

test.each([1, 2, 3, 7])(
  'pages of %d show every line once, also of one instant and of both sources',
  async (limit) => {
    const routingId = await makeHistory();
    await insertStates(routingId, 5);
    await database.sql.query(
      `INSERT INTO audit_event (organization_id, actor, action, target, at)
     SELECT $1, 'user:x', 'routing.update', $2, (SELECT max(at) FROM routing_transition WHERE routing_id = $3)
     FROM generate_series(1, 5)`,
      [tenant.organizationId, `routing:${routingId}`, routingId],
    );
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const input = { routingId, limit, ...(cursor === null ? {} : { cursor }) };
      const page: Awaited<ReturnType<typeof listActivity>> = await listActivity({ ctx: admin, input });
      expect(page.activity.length === limit || page.nextCursor === null).toBe(true);
      seen.push(...page.activity.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toHaveLength(14);
    expect(new Set(seen).size).toBe(14);
    const { activity } = await listActivity({ ctx: admin, input: { routingId } });
    expect(seen).toEqual(activity.map(({ id }) => id));
  },
);

test('a cursor or a filter that we did not give out is refused', async () => {
  const routingId = await makeHistory();
  for (const cursor of ['', 'x', 's1', 's1.a', 's-1.a2', 's1.a2;', `s${'9'.repeat(30)}.a1`]) {
    expect(await codeOf(listActivity({ ctx: admin, input: { routingId, cursor } }))).toBe('VALIDATION');
  }
  const input = { routingId, filter: 'machines' as ActivityFilter };
  expect(await codeOf(listActivity({ ctx: admin, input }))).toBe('VALIDATION');
});
