import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRouting } from '@/lib/services/routing/create';
import { getRouting } from '@/lib/services/routing/get';
import { patchRouting } from '@/lib/services/routing/patch';
import { createCtxFactory, routingInput } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant } from '@/lib/testing/tenant';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('markers are off until a patch switches them on, count from then, and stay with other edits', async () => {
  const ctx = await createCtxFactory(database).ctxOf('admin');
  const { routing } = await createRouting({ ctx, input: routingInput(await createTenant(database.sql)) });
  const routingId = routing.id;
  const sinceOf = async () => {
    const row = await database.db.routing.findUniqueOrThrow({ where: { id: routingId } });
    return row.hourMarkersSince;
  };
  expect([routing.hourMarkers, await sinceOf()]).toEqual([false, null]);

  const on = await patchRouting({ ctx, input: { routingId, patch: { version: 1, hourMarkers: true } } });
  const since = await sinceOf();
  expect(on.routing.hourMarkers).toBe(true);
  expect(since).not.toBeNull();

  const renamed = await patchRouting({ ctx, input: { routingId, patch: { version: 2, name: 'Other' } } });
  expect([renamed.routing.hourMarkers, await sinceOf()]).toEqual([true, since]);

  await patchRouting({ ctx, input: { routingId, patch: { version: 3, hourMarkers: false } } });
  const off = await getRouting({ ctx, input: { routingId } });
  expect([off.hourMarkers, await sinceOf()]).toEqual([false, null]);
  const edits = await database.db.auditEvent.findMany({
    where: { target: `routing:${routingId}`, action: 'routing.update' },
    orderBy: { id: 'asc' },
  });
  expect(edits[0]?.detail).toMatchObject({ 'hourMarkers.before': false, 'hourMarkers.after': true });
});
