import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Role, roleSchema } from '@/lib/domain/access/actor';
import { routingLabel } from '@/lib/domain/routing/label';
import { type ListRoutingsInput, listViewSchema } from '@/lib/domain/routing/list';
import { isInView, severityOf } from '@/lib/domain/routing/list-views';
import { type Health, healthSchema, type Lifecycle, lifecycleSchema } from '@/lib/domain/routing/state';
import { type CtxFactory, createCtxFactory, routingInput } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import type { Ctx } from '../context';
import { countRoutingViews } from './count-views';
import { createRouting } from './create';
import { listRoutings } from './list';

interface Made {
  readonly id: string;
  readonly lifecycle: Lifecycle;
  readonly health: Health;
  readonly healthCause: string | null;
}

let database: TestDatabase;
let people: CtxFactory;
let tenant: TestTenant;
let admin: Ctx;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createCtxFactory(database);
  admin = await people.ctxOf('admin');
});
afterAll(() => database.close());

/** A copy of a real routing's rows in the given state, with lanes left out. */
async function makeIn(of: TestTenant, state: Omit<Made, 'id'>): Promise<Made> {
  const id = randomUUID();
  await database.sql.query(
    `INSERT INTO routing (id, organization_id, workspace_id, name, lifecycle, health, health_cause, state_since, data_types)
     VALUES ($1, $2, $3, 'In a state', $4, $5, $6, now() + $7 * interval '1 h', '{events}')`,
    [
      id,
      of.organizationId,
      of.workspaceId,
      state.lifecycle,
      state.health,
      state.healthCause,
      1 + Math.random(),
    ],
  );
  await database.sql.query(
    `INSERT INTO destination (organization_id, routing_id, version, endpoint, bucket, region, prefix)
     VALUES ($1, $2, 1, '', 'aurora-events', 'eu-west-1', 'p/')`,
    [of.organizationId, id],
  );
  return { id, ...state };
}

/** Every lifecycle with every health, the troubled ones with causes of all movers. */
async function makeEveryState(of: TestTenant): Promise<Made[]> {
  const made: Made[] = [];
  for (const lifecycle of lifecycleSchema.options) {
    for (const health of healthSchema.options) {
      const isTrouble = health === 'blocked' || health === 'failing';
      const causes = isTrouble ? ['access_denied', 'SlowDown', 'credential_unreadable'] : [null];
      for (const healthCause of causes) made.push(await makeIn(of, { lifecycle, health, healthCause }));
    }
  }
  return made;
}

async function readAll(ctx: Ctx, input: ListRoutingsInput, limit = 200) {
  const ids: string[] = [];
  let total = 0;
  for (let page = 1; ; page += 1) {
    const answer = await listRoutings({ ctx, input: { ...input, limit, page } });
    ids.push(...answer.routings.map(({ id }) => id));
    total = answer.total;
    if (answer.nextCursor === null) return { ids, total };
  }
}

const sorted = (ids: readonly string[]) => [...ids].sort();

/** Lets the watcher of health have looked now, or long ago. */
async function setMeasured(isMeasured: boolean): Promise<void> {
  await database.sql.query(
    `INSERT INTO delivery.turn (name, taken_at) VALUES ('health-watched', now() + $1 * interval '1 hour')
     ON CONFLICT (name) DO UPDATE SET taken_at = excluded.taken_at`,
    [isMeasured ? 1 : -1],
  );
}

describe.each([true, false])('every state, while somebody measures: %s', (isMeasured) => {
  const factsOf = (one: Made) => ({ ...one, isMeasured, isStuck: false });
  let all: Made[];
  const ctxs = new Map<Role, Ctx>();
  beforeAll(async () => {
    await setMeasured(isMeasured);
    tenant = await createTenant(database.sql);
    all = await makeEveryState(tenant);
    for (const role of roleSchema.options) ctxs.set(role, await people.ctxOf(role, tenant));
  });

  test.each(roleSchema.options)(
    'stands in the views that the pure function says, and is counted there, for %s',
    async (role) => {
      const ctx = ctxs.get(role)!;
      const { views } = await countRoutingViews({ ctx });
      for (const view of listViewSchema.options.filter((one) => one !== 'key-age')) {
        const expected = all.filter((one) => isInView(view, factsOf(one), role));
        const { ids, total } = await readAll(ctx, { view, organizationId: tenant.organizationId });
        expect(sorted(ids), view).toEqual(sorted(expected.map(({ id }) => id)));
        expect(total, view).toBe(expected.length);
        const everywhere = ctx.actor.organizationId === null ? (await readAll(ctx, { view })).total : total;
        expect(views[view], view).toBe(everywhere);
      }
    },
  );

  test('carries the label by which it is filtered', async () => {
    const ctx = ctxs.get('customer_viewer')!;
    for (const status of new Set(all.map((one) => routingLabel(factsOf(one))))) {
      const { ids } = await readAll(ctx, { status });
      expect(sorted(ids), status).toEqual(
        sorted(all.filter((one) => routingLabel(factsOf(one)) === status).map(({ id }) => id)),
      );
    }
  });

  test('comes in the order of its severity, and in no order twice or not at all', async () => {
    const ctx = ctxs.get('customer_viewer')!;
    const byId = new Map(all.map((one) => [one.id, one]));
    const present = sorted(all.filter(({ lifecycle }) => lifecycle !== 'archived').map(({ id }) => id));
    const { ids } = await readAll(ctx, { sort: 'status' }, 7);
    const severities = ids.map((id) => severityOf(factsOf(byId.get(id)!)));
    expect(severities).toEqual([...severities].sort((a, b) => a - b));
    for (const sort of ['status', 'since', '-since', 'name', 'freshness', '-held', 'in-promise', 'created']) {
      expect(sorted((await readAll(ctx, { sort }, 7)).ids), sort).toEqual(present);
    }
  });

  test('of another organization is neither listed nor counted', async () => {
    const stranger = await people.ctxOf('customer_admin', await createTenant(database.sql));
    expect(await readAll(stranger, {})).toEqual({ ids: [], total: 0 });
    const { views, others } = await countRoutingViews({ ctx: stranger });
    expect(Object.values(views)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(others.all).toEqual({});
  });

  test('outside a view is summed up by label', async () => {
    const { views, others } = await countRoutingViews({ ctx: ctxs.get('customer_viewer')! });
    const rest = Object.values(others['needs-me']).reduce((sum, count) => sum + count, 0);
    expect(rest + views['needs-me']).toBe(all.length);
    expect(others['needs-me'].delivering).toBe(isMeasured ? 1 : undefined);
    const archived = all.filter(({ lifecycle }) => lifecycle === 'archived').length;
    expect(others.all).toEqual({ archived });
  });
});

test('a transitional state that takes too long is stuck and waits for the vendor', async () => {
  const own = await createTenant(database.sql);
  const { id } = await makeIn(own, { lifecycle: 'pausing', health: 'healthy', healthCause: null });
  const ops = await people.ctxOf('ops');
  const input = { view: 'needs-me', organizationId: own.organizationId } as const;
  expect((await listRoutings({ ctx: ops, input })).total).toBe(0);
  await database.sql.query(`UPDATE routing SET state_since = now() - interval '1 hour' WHERE id = $1`, [id]);
  expect((await listRoutings({ ctx: ops, input })).routings.map((one) => one.id)).toEqual([id]);
});

test('keys stand in the view of key age when the ones in use were given long ago', async () => {
  const own = await createTenant(database.sql);
  const make = async (name: string) =>
    (await createRouting({ ctx: admin, input: { ...routingInput(own), name } })).routing.id;
  const [young, old] = [await make('Young'), await make('Old')];
  await database.sql.query(
    `UPDATE credential SET created_at = now() - interval '91 days' WHERE routing_id = $1`,
    [old],
  );
  const viewer = await people.ctxOf('customer_viewer', own);
  const { routings } = await listRoutings({ ctx: viewer, input: { view: 'key-age' } });
  expect(routings.map(({ id }) => id)).toEqual([old]);
  expect((await countRoutingViews({ ctx: viewer })).views['key-age']).toBe(1);
  await database.sql.query(`UPDATE routing SET lifecycle = 'archived' WHERE id = $1`, [old]);
  expect((await countRoutingViews({ ctx: viewer })).views['key-age']).toBe(0);
  expect(
    (await listRoutings({ ctx: viewer, input: { view: 'all' } })).routings.map(({ id }) => id),
  ).toContain(young);
});
