import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { codeOf } from '@/lib/testing/code-of';
import { createCtxFactory, routingInput } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import type { Ctx } from '../context';
import { enterAccess } from '../credential/enter-access';
import { markCompromised } from '../credential/mark-compromised';
import { readPlaceAccess } from '../delivery/read-place-access';
import { createRouting } from '../routing/create';
import { getRouting } from '../routing/get';
import { patchRouting } from '../routing/patch';
import { startRouting } from '../routing/start';
import { adoptCandidate } from './adopt-candidate';
import { dropCandidate } from './drop-candidate';
import { listDestinationVersions } from './list-versions';
import { reuseVersion } from './reuse-version';

const KEYS = { accessKeyId: 'AKIAROTATEDROTATEDRO', secretAccessKey: 'X'.repeat(40) };
const REASON = 'Found in a public repository';

let database: TestDatabase;
let tenant: TestTenant;
let ctx: Ctx;
let routingId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database.sql);
  ctx = await createCtxFactory(database).ctxOf('admin');
});
afterAll(() => database.close());
beforeEach(async () => {
  const prefix = `p${Date.now()}/`;
  const { routing } = await createRouting({ ctx, input: { ...routingInput(tenant), prefix } });
  routingId = routing.id;
  await startRouting({ ctx, input: { routingId, withoutCheck: true } });
});

async function states(): Promise<string[]> {
  const { versions } = await listDestinationVersions({ ctx, input: { routingId } });
  return versions.map(({ version, state }) => `${version} ${state}`);
}

async function rotate(): Promise<void> {
  const { version } = await getRouting({ ctx, input: { routingId } });
  await enterAccess({ ctx, input: { routingId, version, ...KEYS } });
}

async function moveTo(prefix: string): Promise<void> {
  const { version } = await getRouting({ ctx, input: { routingId } });
  await patchRouting({ ctx, input: { routingId, patch: { version, prefix } } });
}

const named = (destinationVersion: number) => ({ ctx, input: { routingId, destinationVersion } });

test('new access of a running routing waits for its check, and delivery goes on with what it had', async () => {
  const { destination } = await getRouting({ ctx, input: { routingId } });
  const place = { routingId, endpoint: destination.endpoint, bucket: destination.bucket, key: '' };
  const before = await readPlaceAccess(database.sql, place);
  await rotate();
  expect(await states()).toEqual(['2 candidate', '1 in_use']);
  expect(await readPlaceAccess(database.sql, place)).toEqual(before);
  const check = await database.db.accessCheck.findFirstOrThrow({
    where: { routingId },
    orderBy: { requestedAt: 'desc' },
  });
  expect(check).toMatchObject({ destinationVersion: 2, state: 'running', copiedAt: expect.any(Date) });
});

test('a second change is built on the first, which is dropped with its check', async () => {
  await rotate();
  await moveTo('elsewhere/');
  expect(await states()).toEqual(['3 candidate', '2 dropped', '1 in_use']);
  const { versions } = await listDestinationVersions({ ctx, input: { routingId } });
  expect(versions[0]).toMatchObject({ prefix: 'elsewhere/', accessKeyIdLast4: 'EDRO' });
  const going = { routingId, state: { in: ['running', 'failed'] } };
  expect(await database.db.accessCheck.findMany({ where: { ...going, destinationVersion: 2 } })).toEqual([]);
});

test('a patch of one field builds on the change that waits, and one of a setting leaves it alone', async () => {
  await moveTo('elsewhere/');
  const { version } = await getRouting({ ctx, input: { routingId } });
  await patchRouting({ ctx, input: { routingId, patch: { version, name: 'Renamed' } } });
  expect(await states()).toEqual(['2 candidate', '1 in_use']);
  await patchRouting({ ctx, input: { routingId, patch: { version: version + 1, bucket: 'aurora-other' } } });
  const { versions } = await listDestinationVersions({ ctx, input: { routingId } });
  expect(versions[0]).toMatchObject({ version: 3, bucket: 'aurora-other', prefix: 'elsewhere/' });
});

test('a dropped change is never used, and leaves the version in use as it was', async () => {
  await rotate();
  await dropCandidate(named(2));
  expect(await states()).toEqual(['2 dropped', '1 in_use']);
  expect(await codeOf(dropCandidate(named(2)))).toBe('PRECONDITION');
  expect(await codeOf(adoptCandidate(named(2)))).toBe('PRECONDITION');
});

test('whoever may start may use a change without a passed check, and the audit says so', async () => {
  await rotate();
  const routing = await adoptCandidate(named(2));
  expect(routing.destination).toMatchObject({ version: 2, accessKeyIdLast4: 'EDRO' });
  expect(await states()).toEqual(['2 in_use', '1 replaced']);
  const audit = await database.db.auditEvent.findFirstOrThrow({
    where: { target: `routing:${routingId}`, action: 'destination.adopt' },
  });
  expect(audit.detail).toMatchObject({ withoutCheck: true, destinationVersion: 2 });
});

test('an earlier version comes back as a new one that is checked first', async () => {
  await moveTo('elsewhere/');
  await adoptCandidate(named(2));
  await reuseVersion(named(1));
  expect(await states()).toEqual(['3 candidate', '2 in_use', '1 replaced']);
  expect(await codeOf(reuseVersion(named(2)))).toBe('PRECONDITION');
});

test('nothing goes back to compromised access, and a change that waits with it is dropped', async () => {
  await rotate();
  await adoptCandidate(named(2));
  await markCompromised({ ctx, input: { routingId, destinationVersion: 1, reason: REASON } });
  expect(await codeOf(reuseVersion(named(1)))).toBe('PRECONDITION');
  await moveTo('elsewhere/');
  expect(await states()).toEqual(['3 candidate', '2 in_use', '1 replaced']);
  await markCompromised({ ctx, input: { routingId, destinationVersion: 2, reason: REASON } });
  expect(await states()).toEqual(['3 dropped', '2 in_use', '1 replaced']);
  await moveTo('elsewhere/');
  expect(await codeOf(adoptCandidate(named(4)))).toBe('PRECONDITION');
  const again = markCompromised({ ctx, input: { routingId, destinationVersion: 2, reason: REASON } });
  expect(await codeOf(again)).toBe('CONFLICT');
});

test('whoever does not see a routing finds no version of it', async () => {
  const foreign = await createCtxFactory(database).ctxOf('customer_admin', await createTenant(database.sql));
  const input = { routingId, destinationVersion: 1 };
  for (const verb of [adoptCandidate, dropCandidate, reuseVersion])
    expect(await codeOf(verb({ ctx: foreign, input }))).toBe('NOT_FOUND');
});
