import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRouting } from '@/lib/services/routing/create';
import { patchRouting } from '@/lib/services/routing/patch';
import { createCtxFactory, routingInput } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant } from '@/lib/testing/tenant';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('access is proven in between until a patch switches it off, which other edits keep and the audit tells', async () => {
  const ctx = await createCtxFactory(database).ctxOf('admin');
  const { routing } = await createRouting({ ctx, input: routingInput(await createTenant(database.sql)) });
  const routingId = routing.id;
  expect([routing.accessProbe, routing.access.isProbed]).toEqual([true, true]);

  const off = await patchRouting({ ctx, input: { routingId, patch: { version: 1, accessProbe: false } } });
  expect([off.routing.accessProbe, off.routing.access.isProbed]).toEqual([false, false]);
  const renamed = await patchRouting({ ctx, input: { routingId, patch: { version: 2, name: 'Other' } } });
  expect(renamed.routing.accessProbe).toBe(false);

  const edits = await database.db.auditEvent.findMany({
    where: { target: `routing:${routingId}`, action: 'routing.update' },
    orderBy: { id: 'asc' },
  });
  expect(edits[0]?.detail).toMatchObject({ 'accessProbe.before': true, 'accessProbe.after': false });
});
