import { afterAll, beforeAll, expect, test } from 'vitest';
import { adoptNewest } from '@/lib/testing/adopt-newest';
import { codeOf } from '@/lib/testing/code-of';
import { type CtxFactory, createCtxFactory, routingInput, TEST_SECRET } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import type { Ctx } from '../context';
import { enterAccess } from '../credential/enter-access';
import { createRouting } from '../routing/create';
import { getRouting } from '../routing/get';
import { startRouting } from '../routing/start';
import { updateRouting } from '../routing/update';
import { listDestinationVersions } from './list-versions';

const KEYS = { accessKeyId: 'AKIAROTATEDROTATEDRO', secretAccessKey: 'X'.repeat(40) };

let database: TestDatabase;
let people: CtxFactory;
let tenant: TestTenant;
let admin: Ctx;
let services: Ctx;
let customer: Ctx;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createCtxFactory(database);
  tenant = await createTenant(database.sql);
  admin = await people.ctxOf('admin');
  services = await people.ctxOf('technical_services');
  customer = await people.ctxOf('customer_admin', tenant);
});
afterAll(() => database.close());

/** Made without keys by technical services, given keys by the customer, moved by the admin. */
async function makeVersions(): Promise<string> {
  const { accessKeyId: _, secretAccessKey: __, ...input } = routingInput(tenant);
  const { routing } = await createRouting({ ctx: services, input });
  const routingId = routing.id;
  await enterAccess({ ctx: customer, input: { routingId, version: routing.version, ...KEYS } });
  const { version } = await getRouting({ ctx: admin, input: { routingId } });
  const edit = { ...input, routingId, version, prefix: 'elsewhere/', name: 'Renamed' };
  await updateRouting({ ctx: admin, input: edit });
  return routingId;
}

const read = (ctx: Ctx, routingId: string) => listDestinationVersions({ ctx, input: { routingId } });

test('every version is there, newest first, with its place, its access and who made it', async () => {
  const { versions } = await read(admin, await makeVersions());
  expect(versions).toMatchObject([
    {
      version: 3,
      prefix: 'elsewhere/',
      accessKeyIdLast4: 'EDRO',
      createdBy: admin.actor.name,
      isInUse: true,
    },
    {
      version: 2,
      prefix: 'sluice/',
      accessKeyIdLast4: 'EDRO',
      createdBy: customer.actor.name,
      isInUse: false,
    },
    {
      version: 1,
      prefix: 'sluice/',
      accessKeyIdLast4: null,
      accessGivenAt: null,
      createdBy: services.actor.name,
    },
  ]);
  // The same keys go on: they are as old as when they were given.
  expect(versions[0]?.accessGivenAt).toBe(versions[1]?.accessGivenAt);
  expect(versions.map(({ openCuts }) => openCuts)).toEqual([0, 0, 0]);
});

test('who made a version is told to those who may read that audit row', async () => {
  const routingId = await makeVersions();
  const makers = async (ctx: Ctx) => (await read(ctx, routingId)).versions.map(({ createdBy }) => createdBy);
  const [ada, cara, mia] = [admin.actor.name, customer.actor.name, services.actor.name];
  expect(await makers(customer)).toEqual([ada, cara, mia]);
  expect(await makers(await people.ctxOf('ops'))).toEqual([ada, cara, mia]);
  expect(await makers(services)).toEqual([null, null, mia]);
  expect(await makers(await people.ctxOf('customer_viewer', tenant))).toEqual([null, null, null]);
});

test('a version whose cut is not delivered yet says so, also when it is no longer in use', async () => {
  const { routing } = await createRouting({ ctx: admin, input: routingInput(tenant) });
  const input = { routingId: routing.id };
  const { rows } = await database.sql.query<{ id: string }>(
    `SELECT log.ensure_stream($1, $2, 'events') AS id`,
    [tenant.organizationId, tenant.workspaceId],
  );
  expect(rows).toHaveLength(1);
  await startRouting({ ctx: admin, input: { ...input, withoutCheck: true } });
  await database.sql.query(
    `INSERT INTO cut (organization_id, routing_id, lane_id, epoch, destination_version, lo, hi, reason, rows,
       raw_bytes, body_bytes, state)
     SELECT organization_id, routing_id, id, epoch, 1, n, n, 'age', 1, 1, 1, CASE n WHEN 2 THEN 'sealed' ELSE 'committed' END
     FROM lane, generate_series(1, 2) AS n WHERE routing_id = $1`,
    [routing.id],
  );
  const { version } = await getRouting({ ctx: admin, input });
  await enterAccess({ ctx: customer, input: { ...input, version, ...KEYS } });
  await adoptNewest(database.sql, routing.id);
  expect((await read(admin, routing.id)).versions).toMatchObject([
    { version: 2, isInUse: true, openCuts: 0 },
    { version: 1, isInUse: false, openCuts: 1 },
  ]);
});

test('no version holds a secret, and a routing of another organization is not there', async () => {
  const routingId = await makeVersions();
  const text = JSON.stringify(await read(admin, routingId));
  for (const secret of [TEST_SECRET, ...Object.values(KEYS), 'ealed', 'keyId'])
    expect(text).not.toContain(secret);
  const stranger = await people.ctxOf('customer_admin', await createTenant(database.sql));
  expect(await codeOf(read(stranger, routingId))).toBe('NOT_FOUND');
  expect(await codeOf(read(admin, 'x'))).toBe('VALIDATION');
});
