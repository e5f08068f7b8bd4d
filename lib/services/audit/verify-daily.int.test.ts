import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CtxFactory, createCtxFactory } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import { listAudit } from './list';
import { readChainState } from './read-chain-state';
import { verifyDaily } from './verify-daily';

let database: TestDatabase;
let people: CtxFactory;
let own: TestTenant;
let other: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createCtxFactory(database);
  [own, other] = [await createTenant(database.sql), await createTenant(database.sql)];
  await record(own, 3);
  await record(other, 2);
});
afterAll(() => database.close());

async function record({ organizationId }: TestTenant, rows: number): Promise<void> {
  await database.sql.query(
    `INSERT INTO audit_event (organization_id, actor, action, target)
     SELECT $1, 'user:a', 'test.act', 'thing:' || n FROM generate_series(1, $2::int) n`,
    [organizationId, rows],
  );
}

const tamper = (statement: string) =>
  database.sql.query(`SET LOCAL session_replication_role = replica; ${statement}`);
const letADayPass = () =>
  database.sql.query(`UPDATE audit.verification SET finished_at = finished_at - interval '25 hours'`);

test('every chain is looked through once a day; the page says until where, and what was altered since', async () => {
  const ctx = await people.ctxOf('customer_admin', own);
  const state = () => readChainState({ ctx, input: {} });
  expect(await state()).toMatchObject({ chains: 1, rows: 3, verifiedRows: 0, verifiedAt: null, found: [] });
  const looked = await verifyDaily(database.sql);
  expect(looked.map(({ seq, found }) => [seq, found]).sort()).toEqual([
    [2, []],
    [3, []],
  ]);
  const verified = await state();
  expect(verified).toMatchObject({ verifiedRows: 3, found: [], head: { seq: 3 } });
  expect(verified.verifiedAt).not.toBeNull();
  expect(await verifyDaily(database.sql)).toEqual([]);

  await tamper(`UPDATE audit_event SET actor = 'user:b' WHERE organization_id = '${own.organizationId}'
    AND target = 'thing:2'`);
  await letADayPass();
  await verifyDaily(database.sql);
  expect(await state()).toMatchObject({
    verifiedRows: 3,
    verifiedAt: verified.verifiedAt,
    found: [expect.stringContaining(`Row 2 of the chain of organization ${own.organizationId}`)],
  });
});

test('a chain that was emptied is found by what was verified of it', async () => {
  await verifyDaily(database.sql);
  await tamper(`DELETE FROM audit_event WHERE organization_id = '${other.organizationId}';
    DELETE FROM audit.link WHERE chain = '${other.organizationId}';
    DELETE FROM audit.head WHERE chain = '${other.organizationId}'`);
  await letADayPass();
  const looked = await verifyDaily(database.sql);
  expect(looked.find(({ chain }) => chain === other.organizationId)?.found).toEqual([
    expect.stringContaining('the chain was written anew'),
  ]);
});

test('the vendor sees all chains together, a customer another’s not at all', async () => {
  const ops = await people.ctxOf('ops');
  expect((await readChainState({ ctx: ops, input: {} })).chains).toBeGreaterThanOrEqual(2);
  const ctx = await people.ctxOf('customer_admin', own);
  const input = { organizationId: other.organizationId };
  await expect(readChainState({ ctx, input })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const viewer = await people.ctxOf('customer_viewer', own);
  await expect(readChainState({ ctx: viewer, input: {} })).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('rows are found by what they were done to, and say their place in the chain', async () => {
  const ctx = await people.ctxOf('customer_admin', own);
  const { events } = await listAudit({ ctx, input: { target: 'THING:3' } });
  expect(events).toMatchObject([
    { target: 'thing:3', seq: 3, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ]);
});
