import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf } from '@/lib/testing/code-of';
import { type CtxFactory, createCtxFactory, routingInput, TEST_ENDPOINT } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import type { Ctx } from '../context';
import { createDeliveryLedger } from '../delivery/create-delivery-ledger';
import { beginHandOver } from '../hand-over/begin';
import { createHandOverLink } from '../hand-over/create';
import { giveHandOverAccess } from '../hand-over/give-access';
import { archiveRouting } from '../routing/archive';
import { createRouting } from '../routing/create';
import { getRouting } from '../routing/get';
import { startRouting } from '../routing/start';
import { enterAccess } from './enter-access';
import { getRoleGrant } from './get-role-grant';

const ROLE = 'arn:aws:iam::444455556666:role/sluice-delivery';
const PRINCIPAL = 'arn:aws:iam::111122223333:role/sluice-worker';
const KEYS = { accessKeyId: 'AKIAROTATEDROTATEDRO', secretAccessKey: 'X'.repeat(40) };

let database: TestDatabase;
let people: CtxFactory;
let tenant: TestTenant;
let ctx: Ctx;
let withoutIdentity: Ctx;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createCtxFactory(database);
  tenant = await createTenant(database.sql);
  withoutIdentity = await people.ctxOf('technical_services');
  ctx = { ...withoutIdentity, roleWay: { principalArn: PRINCIPAL, servesOwnStores: false } };
});
afterAll(() => database.close());

async function makeRouting(endpoint = '') {
  const { accessKeyId: _, secretAccessKey: __, ...input } = routingInput(tenant);
  return (await createRouting({ ctx, input: { ...input, endpoint } })).routing;
}

const giveRole = (routing: { id: string; version: number }, roleArn = ROLE, who = ctx) =>
  enterAccess({
    ctx: who,
    input: { routingId: routing.id, version: routing.version, kind: 'role', roleArn },
  });

const auditOf = async (routingId: string) => {
  const rows = await database.db.auditEvent.findMany({
    where: { target: `routing:${routingId}`, action: 'routing.enter_access' },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ detail }) => detail);
};

describe('access by a role', () => {
  test('is stored without any secret, checked by itself, and shown by its ARN', async () => {
    const routing = await makeRouting();
    const given = await giveRole(routing, ` "${ROLE}"\n`);
    expect(given.notices).toHaveLength(1);
    expect(given.routing).toMatchObject({
      label: 'verifying',
      destination: { version: 2, roleArn: ROLE, accessKeyIdLast4: null },
    });
    const credential = await database.db.credential.findFirstOrThrow({ where: { routingId: routing.id } });
    expect(credential).toMatchObject({ kind: 'role', keyId: null, secretAccessKeySealed: null });
    const check = await database.db.accessCheck.findFirstOrThrow({ where: { routingId: routing.id } });
    expect(check).toMatchObject({ accessKind: 'role', destinationVersion: 2 });
    expect(await auditOf(routing.id)).toMatchObject([{ 'roleArn.before': null, 'roleArn.after': ROLE }]);
    const started = await startRouting({ ctx, input: { routingId: routing.id, withoutCheck: true } });
    expect(started.label).toBe('starting');
  });

  test('is what delivery takes on: with the organization’s external id, for every prefix it has had', async () => {
    const routing = await makeRouting();
    await giveRole(routing);
    const ledger = createDeliveryLedger(database.sql);
    const place = { routingId: routing.id, endpoint: '', bucket: 'aurora-events' };
    await database.sql.query(
      `INSERT INTO destination (organization_id, routing_id, version, endpoint, bucket, region, prefix, credential_id)
       SELECT organization_id, routing_id, 3, endpoint, bucket, region, 'moved/', credential_id FROM destination
       WHERE routing_id = $1 AND version = 2`,
      [routing.id],
    );
    const { externalId } = (await getRoleGrant({ ctx, input: { routingId: routing.id } }))!;
    expect(externalId).toMatch(/^slx-[0-9a-f]{48}$/);
    expect(await ledger.readPlaceAccess(place)).toMatchObject({
      credential: { kind: 'role', roleArn: ROLE, externalId, prefixes: ['moved/', 'sluice/'] },
    });
  });

  test('may give way to keys and the other way round, each a version of its own', async () => {
    const routing = await makeRouting();
    const asRole = (await giveRole(routing)).routing;
    const input = { routingId: routing.id, version: asRole.version, ...KEYS };
    const asKeys = (await enterAccess({ ctx, input })).routing;
    expect(asKeys.destination).toMatchObject({ version: 3, roleArn: null, accessKeyIdLast4: 'EDRO' });
    expect((await giveRole(asKeys)).routing.destination).toMatchObject({ version: 4, roleArn: ROLE });
    expect(await auditOf(routing.id)).toMatchObject([
      { 'roleArn.after': ROLE },
      { 'roleArn.before': ROLE, 'roleArn.after': null, 'accessKeyIdLast4.after': 'EDRO' },
      { 'accessKeyIdLast4.before': 'EDRO', 'accessKeyIdLast4.after': null, 'roleArn.after': ROLE },
    ]);
  });

  test('is taken on no more once the routing is archived', async () => {
    const routing = await makeRouting();
    await giveRole(routing);
    const input = { routingId: routing.id, name: routing.name, reason: 'Never used' };
    await archiveRouting({ ctx: { ...(await people.ctxOf('admin')) }, input });
    const place = { routingId: routing.id, endpoint: '', bucket: 'aurora-events' };
    expect(await createDeliveryLedger(database.sql).readPlaceAccess(place)).toBeNull();
  });

  test.each([
    ['arn:aws:iam::444455556666:user/delivery', 'user'],
    ['arn:aws:sts::444455556666:assumed-role/sluice/s', 'session'],
    ['sluice-delivery', 'whole ARN'],
    ['arn:aws:iam::444455556666:root', 'account itself'],
    ['', 'Enter the ARN'],
  ])('%s is refused with what to enter instead, and nothing is stored', async (roleArn, words) => {
    const routing = await makeRouting();
    await expect(giveRole(routing, roleArn)).rejects.toMatchObject({
      code: 'VALIDATION',
      issues: [{ field: 'roleArn', message: expect.stringContaining(words) }],
    });
    expect((await getRouting({ ctx, input: { routingId: routing.id } })).version).toBe(routing.version);
  });
});

test('our own AWS account is refused, as that of a role and as the owner of a bucket', async () => {
  const routing = await makeRouting();
  const account = PRINCIPAL.split(':')[4] ?? '';
  await expect(giveRole(routing, `arn:aws:iam::${account}:role/anything`)).rejects.toMatchObject({
    code: 'VALIDATION',
    issues: [{ field: 'roleArn', message: expect.stringContaining('our own AWS account') }],
  });
  const { accessKeyId: _, secretAccessKey: __, ...place } = routingInput(tenant);
  const named = { ...place, endpoint: '', bucket: 'aurora-own', ownerAccountId: account };
  await expect(createRouting({ ctx, input: named })).rejects.toMatchObject({
    issues: [{ field: 'ownerAccountId' }],
  });
  const input = { routingId: routing.id };
  const made = await createHandOverLink({ ctx, input, origin: 'https://sluice.example' });
  const token = new URL(made.address).hash.slice(1);
  const linkId = made.handOverLink.id;
  const { session } = await beginHandOver({ ctx, input: { linkId, token } });
  const access = { ...KEYS, destinationVersion: 1, ownerAccountId: account };
  await expect(giveHandOverAccess({ ctx, page: { linkId, session }, input: access })).rejects.toMatchObject({
    code: 'VALIDATION',
    issues: [{ field: 'ownerAccountId' }],
  });
  expect((await getRouting({ ctx, input })).version).toBe(routing.version);
});

describe('without an identity of ours', () => {
  test('the role way says so, and nothing is stored', async () => {
    const routing = await makeRouting();
    expect(await getRoleGrant({ ctx: withoutIdentity, input: { routingId: routing.id } })).toBeNull();
    await expect(giveRole(routing, ROLE, withoutIdentity)).rejects.toMatchObject({
      code: 'VALIDATION',
      message: expect.stringContaining('no AWS identity'),
    });
  });

  test('stores that are not AWS have no role either, unless their STS knows us', async () => {
    const routing = await makeRouting(TEST_ENDPOINT);
    expect(await codeOf(giveRole(routing))).toBe('VALIDATION');
    const inDemo = { ...ctx, roleWay: { principalArn: PRINCIPAL, servesOwnStores: true } };
    expect((await giveRole(routing, ROLE, inDemo)).routing.destination.roleArn).toBe(ROLE);
  });
});

test('whom to trust is told only to those who see the routing', async () => {
  const routing = await makeRouting();
  const stranger = await people.ctxOf('customer_admin', await createTenant(database.sql));
  expect(await codeOf(getRoleGrant({ ctx: stranger, input: { routingId: routing.id } }))).toBe('NOT_FOUND');
});
