import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AccessWays } from '@/lib/domain/destination/access-ways';
import type { Ctx } from '@/lib/services/context';
import { createRouting } from '@/lib/services/routing/create';
import { codeOf } from '@/lib/testing/code-of';
import { type CtxFactory, createCtxFactory, routingInput } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import { beginHandOver } from './begin';
import { createHandOverLink } from './create';
import { giveHandOverAccess } from './give-access';
import { nameHandOverPlace } from './name-place';
import { readHandOverPage } from './read-page';

const PLACE = { bucket: 'borealis-events', region: 'eu-west-1', prefix: 'sluice' };
const ROLE_WAY = { principalArn: 'arn:aws:iam::111122223333:role/sluice-worker', servesOwnStores: true };

let database: TestDatabase;
let people: CtxFactory;
let tenant: TestTenant;
let designer: Ctx;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createCtxFactory(database);
  tenant = await createTenant(database.sql);
  designer = { ...(await people.ctxOf('technical_services')), roleWay: ROLE_WAY };
});
afterAll(() => database.close());

/** A routing that waits for its customer, and the page of its link. */
async function begun(waits: { placeBy: 'us' | 'customer'; accessWays: AccessWays }) {
  const { accessKeyId: _id, secretAccessKey, ...rest } = routingInput(tenant);
  const place = waits.placeBy === 'us' ? {} : { bucket: '', region: '' };
  const { routing } = await createRouting({ ctx: designer, input: { ...rest, ...place, ...waits } });
  const input = { routingId: routing.id };
  const { address } = await createHandOverLink({ ctx: designer, input, origin: 'https://sluice.example' });
  const { pathname, hash } = new URL(address);
  const linkId = pathname.split('/').at(-1) ?? '';
  const { session } = await beginHandOver({ ctx: designer, input: { linkId, token: hash.slice(1) } });
  const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: secretAccessKey ?? '' };
  return { routingId: routing.id, page: { linkId, session }, keys };
}

test('a customer names the bucket of a routing that has none, once, and gives access to it after that', async () => {
  const { routingId, page, keys } = await begun({ placeBy: 'customer', accessWays: 'any' });
  const early = { destinationVersion: 1, ...keys };
  expect(await codeOf(giveHandOverAccess({ ctx: designer, page, input: early }))).toBe('PRECONDITION');
  const wrong = { ...PLACE, bucket: 's3://borealis' };
  expect(await codeOf(nameHandOverPlace({ ctx: designer, page, input: wrong }))).toBe('VALIDATION');
  await nameHandOverPlace({ ctx: designer, page, input: { ...PLACE, ownerAccountId: '1234 5678 9012' } });
  expect(await codeOf(nameHandOverPlace({ ctx: designer, page, input: PLACE }))).toBe('CONFLICT');
  const { place } = await readHandOverPage({ ctx: designer, page });
  expect(place).toMatchObject({
    ...{ bucket: 'borealis-events', region: 'eu-west-1', prefix: 'sluice/' },
    ...{ ownerAccountId: '123456789012', destinationVersion: 2 },
  });
  await giveHandOverAccess({ ctx: designer, page, input: { destinationVersion: 2, ...keys } });
  const entries = await database.db.auditEvent.findMany({ where: { target: `routing:${routingId}` } });
  expect(entries.map(({ action }) => action)).toContain('hand-over.name_place');
});

test('a bucket that was named by us is not changed by a link', async () => {
  const { page } = await begun({ placeBy: 'us', accessWays: 'any' });
  expect(await codeOf(nameHandOverPlace({ ctx: designer, page, input: PLACE }))).toBe('CONFLICT');
});

test('only the way that was asked for is shown and taken; without an identity of ours keys are', async () => {
  const byRole = await begun({ placeBy: 'us', accessWays: 'role' });
  const keyed = { destinationVersion: 1, ...byRole.keys };
  expect((await readHandOverPage({ ctx: designer, page: byRole.page })).ways).toEqual(['role']);
  expect(await codeOf(giveHandOverAccess({ ctx: designer, page: byRole.page, input: keyed }))).toBe(
    'VALIDATION',
  );
  const byKeys = await begun({ placeBy: 'us', accessWays: 'keys' });
  const role = {
    kind: 'role',
    destinationVersion: 1,
    roleArn: 'arn:aws:iam::444455556666:role/sluice',
  } as const;
  expect(await codeOf(giveHandOverAccess({ ctx: designer, page: byKeys.page, input: role }))).toBe(
    'VALIDATION',
  );
  const { roleWay: _way, ...withoutIdentity } = designer;
  const { ways } = await readHandOverPage({ ctx: withoutIdentity, page: byRole.page });
  expect(ways).toEqual(['keys']);
  await giveHandOverAccess({ ctx: withoutIdentity, page: byRole.page, input: keyed });
});
