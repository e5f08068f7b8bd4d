import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LIVE_ROUTINGS_MAX } from '@/lib/domain/live/pulse';
import { revisionOf } from '@/lib/domain/live/revision';
import type { Ctx } from '@/lib/services/context';
import { createRouting } from '@/lib/services/routing/create';
import { getRouting } from '@/lib/services/routing/get';
import { startRouting } from '@/lib/services/routing/start';
import { codeOf } from '@/lib/testing/code-of';
import { createCtxFactory, routingInput } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant } from '@/lib/testing/tenant';
import { readLive } from './read-live';

let database: TestDatabase;
let admin: Ctx;
let viewer: Ctx;
let ownId: string;
let foreignId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  const people = createCtxFactory(database);
  const [tenant, foreign] = [await createTenant(database.sql), await createTenant(database.sql)];
  admin = await people.ctxOf('admin');
  viewer = await people.ctxOf('customer_viewer', tenant);
  ownId = (await createRouting({ ctx: admin, input: routingInput(tenant) })).routing.id;
  foreignId = (await createRouting({ ctx: admin, input: routingInput(foreign) })).routing.id;
});
afterAll(() => database.close());

test('a customer gets figures of their own routings only, whatever they ask for', async () => {
  const message = await readLive({ ctx: viewer, input: { routingIds: [foreignId, ownId, randomUUID()] } });
  expect(message.routings.map(({ id }) => id)).toEqual([ownId]);
});

test('the revision is the one of a page that shows the same routings in the same order, until one changes', async () => {
  const routingIds = [foreignId, ownId];
  const page = await Promise.all(
    routingIds.map((routingId) => getRouting({ ctx: admin, input: { routingId } })),
  );
  const before = await readLive({ ctx: admin, input: { routingIds } });
  expect(before.revision).toBe(revisionOf(page));
  await startRouting({ ctx: admin, input: { routingId: ownId, withoutCheck: true } });
  const after = await readLive({ ctx: admin, input: { routingIds } });
  expect(after.revision).not.toBe(before.revision);
  expect(after.routings.map(({ label }) => label)).toEqual(['verifying', 'starting']);
});

test('says of when it is also without any routing, and refuses more than a page of them', async () => {
  const { asOf, routings } = await readLive({ ctx: viewer, input: { routingIds: [] } });
  expect([Number.isNaN(Date.parse(asOf)), routings]).toEqual([false, []]);
  const tooMany = Array.from({ length: LIVE_ROUTINGS_MAX + 1 }, () => randomUUID());
  expect(await codeOf(readLive({ ctx: viewer, input: { routingIds: tooMany } }))).toBe('VALIDATION');
});
