import { afterAll, beforeAll, expect, test } from 'vitest';
import { withTransaction } from '@/lib/platform/db/transaction';
import { createRouting } from '@/lib/services/routing/create';
import { createCtxFactory, routingInput } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import { type RoutingPlace, requireFreePlace, reservePlace } from './require-free-place';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

async function placeOf(tenant: TestTenant, place: { bucket: string; prefix: string }): Promise<RoutingPlace> {
  const ctx = await createCtxFactory(database).ctxOf('admin');
  const { routing } = await createRouting({ ctx, input: { ...routingInput(tenant), ...place } });
  return { organizationId: tenant.organizationId, routingId: routing.id, endpoint: '', ...place };
}

const reserve = (place: RoutingPlace) => withTransaction(database.db, (tx) => reservePlace(tx, place));

test('a proven place is refused to another routing of the organization by name, to a stranger without a word on it', async () => {
  const [own, stranger] = [await createTenant(database.sql), await createTenant(database.sql)];
  const place = { bucket: 'taken-bucket', prefix: 'a/' };
  const first = await placeOf(own, place);
  await reserve(first);
  await reserve(first);
  await expect(reserve(await placeOf(own, place))).rejects.toThrow('“Main site” delivers');
  const inside = { ...(await placeOf(stranger, place)), prefix: 'a/_replay/x/' };
  const refusal = await reserve(inside).catch((error: Error) => error.message);
  expect(refusal).toBe('This bucket and prefix cannot be used. Choose another prefix, or talk to us.');
  await reserve(await placeOf(stranger, { ...place, prefix: 'b/' }));
});

test('a place that nobody has proven is free to all', async () => {
  const tenant = await createTenant(database.sql);
  const place = { bucket: 'free-bucket', prefix: '' };
  const [one, other] = [await placeOf(tenant, place), await placeOf(tenant, place)];
  for (const each of [one, other]) await withTransaction(database.db, (tx) => requireFreePlace(tx, each));
});

test('of two routings that prove one place at once, one has it', async () => {
  const places = [];
  for (let n = 0; n < 6; n += 1)
    places.push(await placeOf(await createTenant(database.sql), { bucket: 'raced-bucket', prefix: 'p/' }));
  const outcomes = await Promise.allSettled(places.map(reserve));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});
