import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiToken } from '@/lib/services/api-token/create';
import { REFUSALS_PER_HOUR_MAX } from '@/lib/services/audit/record-refusal';
import type { Ctx } from '@/lib/services/context';
import { createRouting } from '@/lib/services/routing/create';
import { createCtxFactory, routingInput } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import { serveWebFrom } from '@/lib/testing/web-process';
import { GET as readAudit } from './audit/route';
import { GET as readRouting } from './routings/[id]/route';

let database: TestDatabase;
let tenant: TestTenant;
let foreignRoutingId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  await serveWebFrom(database);
  tenant = await createTenant(database.sql);
  const foreign = await createTenant(database.sql);
  const admin = await createCtxFactory(database).ctxOf('admin');
  const made = await createRouting({ ctx: admin, input: routingInput(foreign) });
  foreignRoutingId = made.routing.id;
});
afterAll(() => database.close());

async function newcomer(): Promise<{ ctx: Ctx; token: string }> {
  const ctx = await createCtxFactory(database).ctxOf('customer_admin', tenant);
  const { token } = await createApiToken({ ctx, input: { name: 'Test' } });
  return { ctx, token };
}

async function readForeign(token: string, id = foreignRoutingId): Promise<number> {
  const request = new Request(`http://127.0.0.1:3000/api/v1/routings/${id}?name=typed`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return (await readRouting(request, { params: Promise.resolve({ id }) })).status;
}

function refusalsOf({ actor }: Ctx) {
  return database.db.auditEvent.findMany({
    where: { action: 'access.refused', target: `user:${actor.userId}` },
    orderBy: { id: 'asc' },
  });
}

test('who reaches for another organization’s routing is refused, and that is recorded with who and what', async () => {
  const { ctx, token } = await newcomer();
  expect(await readForeign(token)).toBe(404);
  expect(await refusalsOf(ctx)).toMatchObject([
    {
      organizationId: tenant.organizationId,
      actor: `api_token:${ctx.actor.userId}`,
      detail: { code: 'NOT_FOUND', asked: `GET /api/v1/routings/${foreignRoutingId}` },
    },
  ]);
});

test('what a role may not do is recorded, and what it may is not', async () => {
  const { ctx, token } = await newcomer();
  const request = () =>
    new Request('http://127.0.0.1:3000/api/v1/audit', { headers: { authorization: `Bearer ${token}` } });
  const segment = { params: Promise.resolve({}) };
  expect((await readAudit(request(), segment)).status).toBe(200);
  expect(await refusalsOf(ctx)).toEqual([]);
  await database.db.user.update({ where: { id: ctx.actor.userId }, data: { role: 'customer_viewer' } });
  expect((await readAudit(request(), segment)).status).toBe(403);
  expect(await refusalsOf(ctx)).toMatchObject([
    { detail: { code: 'FORBIDDEN', asked: 'GET /api/v1/audit' } },
  ]);
});

test('who is refused again and again fills no table: a bounded number is recorded, and that more are left out', async () => {
  const { ctx, token } = await newcomer();
  // Two hours, because one may begin meanwhile.
  for (let count = 0; count < REFUSALS_PER_HOUR_MAX * 2 + 5; count += 1)
    expect(await readForeign(token, randomUUID())).toBe(404);
  const recorded = await refusalsOf(ctx);
  expect(recorded.length).toBeGreaterThanOrEqual(REFUSALS_PER_HOUR_MAX);
  expect(recorded.length).toBeLessThanOrEqual(REFUSALS_PER_HOUR_MAX * 2);
  expect(recorded[REFUSALS_PER_HOUR_MAX - 1]).toMatchObject({ detail: { moreAreLeftOut: true } });
});
