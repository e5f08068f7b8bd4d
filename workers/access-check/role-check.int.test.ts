import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createRoleSessions } from '@/lib/platform/sts/create-role-sessions';
import { identify } from '@/lib/platform/sts/identify';
import type { AwsIdentity } from '@/lib/platform/sts/sts-clients';
import { type CheckBench, createCheckBench } from '@/lib/testing/access-check';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { createRoleProofs } from './role-proofs';

const ACCOUNT = '123456789012';
const clock = { monotonicMs: () => performance.now() };

let database: TestDatabase;
let store: TestObjectStore;
let bench: CheckBench;
let count = 0;
beforeAll(async () => {
  database = await createTestDatabase({ connectionsMax: 10 });
  store = await startTestObjectStore();
  bench = benchOf({ kind: 'keys', ...(await store.control.createKey({ grants: [{ actions: ['sts:*'] }] })) });
});
afterAll(async () => {
  bench.close();
  await store.close();
  await database.close();
});
beforeEach(() => store.control.setStsFault({ fault: null }));

function benchOf(identity: AwsIdentity | null): CheckBench {
  const sessions = createRoleSessions({ identity, clock, asksOwnStores: true });
  return createCheckBench(database, { identify, roles: createRoleProofs(sessions) });
}

/** A routing whose access is a role that trusts as it should. */
async function withRole() {
  count += 1;
  const roleArn = `arn:aws:iam::${ACCOUNT}:role/sluice-${count}`;
  const routing = await bench.makeRouting(store);
  await database.sql.query(
    `UPDATE credential SET kind = 'role', role_arn = $2, key_id = NULL, access_key_id_sealed = NULL,
       secret_access_key_sealed = NULL, access_key_id_last4 = NULL WHERE routing_id = $1`,
    [routing.routingId, roleArn],
  );
  const { externalId } = await database.db.organization.findUniqueOrThrow({
    where: { id: routing.organizationId },
  });
  await store.control.putRole({ roleArn, externalId });
  return { ...routing, roleArn, externalId };
}

async function rowOf(routing: { organizationId: string; routingId: string }, step: string, of = bench) {
  const view = await of.check(routing);
  return { state: view.state, row: view.rows.find((one) => one.step === step), view };
}

test('a role that asks for our external id passes, by its own name and account', async () => {
  const { view, row } = await rowOf(await withRole(), 'external_id');
  expect(view).toMatchObject({ state: 'passed', accessKind: 'role', ownerAccountId: ACCOUNT });
  expect(view.identity?.arn).toBe(`arn:aws:sts::${ACCOUNT}:assumed-role/sluice-${count}/sluice`);
  expect(row).toMatchObject({ state: 'passed', cause: null });
});

test('a role that lets us in without an external id, or with any, fails, and its fix is a condition', async () => {
  const routing = await withRole();
  const { roleArn, externalId } = routing;
  await store.control.putRole({ roleArn, externalId: null });
  const open = await rowOf(routing, 'external_id');
  expect(open.state).toBe('failed');
  expect(open.row).toMatchObject({ state: 'failed', cause: 'external_id_not_asked', whoseMove: 'customer' });
  expect(open.row?.fix?.text).toContain(externalId);
  await store.control.putRole({ roleArn, externalId, compares: false });
  expect((await rowOf(routing, 'external_id')).row).toMatchObject({ cause: 'external_id_not_compared' });
  expect((await rowOf(routing, 'write')).row).toMatchObject({ state: 'skipped' });
});

test('a role that does not trust us is told at the row of the access; once mended, the next try passes', async () => {
  const routing = await withRole();
  const { roleArn, externalId } = routing;
  expect((await rowOf(routing, 'credentials')).state).toBe('passed');
  await store.control.putRole({ roleArn, externalId: 'slx-of-somebody-else' });
  const { row } = await rowOf(routing, 'credentials');
  expect(row).toMatchObject({ state: 'failed', cause: 'role_refused', whoseMove: 'customer' });
  await store.control.putRole({ roleArn, externalId });
  expect((await rowOf(routing, 'credentials')).state).toBe('passed');
});

test.each([
  ['RegionDisabledException', 403, 'sts_region_disabled', 'customer'],
  ['InvalidClientTokenId', 403, 'aws_identity_refused', 'us'],
  ['Throttling', 400, 'slow_down', 'aws'],
] as const)('%s of STS is %s', async (code, status, cause, whoseMove) => {
  const routing = await withRole();
  store.control.setStsFault({ fault: { kind: 'answer', status, code } });
  expect((await rowOf(routing, 'credentials')).row).toMatchObject({ state: 'failed', cause, whoseMove });
});

test('a role that allows no session of an hour says so, with the command that does', async () => {
  const routing = await withRole();
  const { roleArn, externalId } = routing;
  await store.control.putRole({ roleArn, externalId, sessionSecondsMax: 900 });
  const { row } = await rowOf(routing, 'credentials');
  expect(row).toMatchObject({ state: 'failed', cause: 'role_session_too_long', whoseMove: 'customer' });
  expect(row?.fix?.text).toContain('--max-session-duration 3600');
});

test('our own account is nobody’s destination', async () => {
  const guarded = createCheckBench(database, { identify, roles: bench.deps.roles!, ownAccountId: ACCOUNT });
  const { row } = await rowOf(await withRole(), 'credentials', guarded);
  expect(row).toMatchObject({ state: 'failed', cause: 'own_account', whoseMove: 'customer' });
  guarded.close();
});

test('without an identity of ours the check says whose move that is', async () => {
  const routing = await withRole();
  const without = benchOf(null);
  const { row } = await rowOf(routing, 'credentials', without);
  expect(row).toMatchObject({ state: 'failed', cause: 'aws_identity_missing', whoseMove: 'us' });
  without.close();
});
