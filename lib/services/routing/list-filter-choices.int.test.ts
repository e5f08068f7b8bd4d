import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCtxFactory } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createRoutingRow } from '@/lib/testing/routing-row';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import { listFilterChoices } from './list-filter-choices';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** A tenant whose one routing delivered to the first region before it delivered to the second. */
async function makeIn(before: string, now: string): Promise<TestTenant> {
  const tenant = await createTenant(database.sql);
  const id = await createRoutingRow(database.sql, tenant);
  await database.sql.query(
    `INSERT INTO destination (organization_id, routing_id, version, endpoint, bucket, region, prefix)
     SELECT $1, $2, version, '', 'aurora-events', region, 'p/'
     FROM (VALUES (1, $3), (2, $4)) AS v (version, region)`,
    [tenant.organizationId, id, before, now],
  );
  await database.sql.query('UPDATE routing SET destination_version = 2 WHERE id = $1', [id]);
  return tenant;
}

test('a customer chooses among the regions of the own routings, the vendor’s people among all', async () => {
  const own = await makeIn('eu-west-1', 'eu-central-1');
  const other = await makeIn('eu-west-1', 'us-east-2');
  await createTenant(database.sql);
  const people = createCtxFactory(database);
  expect(await listFilterChoices({ ctx: await people.ctxOf('customer_viewer', own) })).toEqual({
    regions: ['eu-central-1'],
    organizations: [],
  });
  const { regions, organizations } = await listFilterChoices({ ctx: await people.ctxOf('ops') });
  expect(regions).toEqual(['eu-central-1', 'us-east-2']);
  expect(organizations.map(({ id }) => id).sort()).toEqual([own.organizationId, other.organizationId].sort());
});
