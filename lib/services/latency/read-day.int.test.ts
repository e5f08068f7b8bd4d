import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ctx } from '@/lib/services/context';
import { codeOf } from '@/lib/testing/code-of';
import { createCtxFactory } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { insertRollup } from '@/lib/testing/latency';
import { createRoutingRow } from '@/lib/testing/routing-row';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import { readDay } from './read-day';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let database: TestDatabase;
let tenant: TestTenant;
let vendor: Ctx;
let customer: Ctx;
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database.sql);
  const ctxs = createCtxFactory(database);
  vendor = await ctxs.ctxOf('ops');
  customer = await ctxs.ctxOf('customer_viewer', await createTenant(database.sql));
});
afterAll(() => database.close());

const hour = (ago: number) => new Date((Math.floor(Date.now() / HOUR_MS) - ago) * HOUR_MS);

test('adds up the present hour and the 23 before it, and of them what came since midnight UTC', async () => {
  const routingId = await createRoutingRow(database.sql, tenant);
  const rollups = [
    { at: hour(0), latenciesMs: [1_000, 1_000, 400_000, 400_000, 400_000] },
    { at: hour(23), latenciesMs: [2_000] },
    { at: hour(24), latenciesMs: [9_000_000] },
  ];
  for (const rollup of rollups) {
    await insertRollup(database.sql, { ...tenant, routingId }, { grain: 'hour', ...rollup });
  }
  const day = await readDay({ ctx: vendor, input: { routingId } });
  expect(day).toMatchObject({ rows: 6, withinRows: 3 });
  const isToday = hour(23).getTime() >= Math.floor(Date.now() / DAY_MS) * DAY_MS;
  expect(day.today).toEqual(isToday ? { rows: 6, withinRows: 3 } : { rows: 5, withinRows: 2 });
  expect(day.p99Ms).toBeGreaterThanOrEqual(396_000);
  expect(day.p99Ms).toBeLessThanOrEqual(400_000);
});

test('says nothing of a day without deliveries', async () => {
  const routingId = await createRoutingRow(database.sql, tenant);
  expect(await readDay({ ctx: vendor, input: { routingId } })).toEqual({
    rows: 0,
    withinRows: 0,
    p99Ms: null,
    today: { rows: 0, withinRows: 0 },
    hasDemo: false,
  });
});

test('a routing of another organization is not there', async () => {
  const routingId = await createRoutingRow(database.sql, tenant);
  expect(await codeOf(readDay({ ctx: customer, input: { routingId } }))).toBe('NOT_FOUND');
});
