import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf } from '@/lib/testing/code-of';
import { type CtxFactory, createCtxFactory } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import { measureTraffic } from './measure-traffic';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let database: TestDatabase;
let people: CtxFactory;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createCtxFactory(database);
});
afterAll(() => database.close());

/** A stream made so long ago, with one chunk since yesterday before which so many bytes had come. */
async function addStream(
  tenant: TestTenant,
  given: { type: string; hoursOld: number; bytesBefore: number; bytesTotal: number },
): Promise<void> {
  const { rows } = await database.sql.query<{ id: number }>('SELECT log.ensure_stream($1, $2, $3) AS id', [
    tenant.organizationId,
    tenant.workspaceId,
    given.type,
  ]);
  const id = rows[0]!.id;
  await database.sql.query(
    `UPDATE log.stream SET created_at = now() - $2 * interval '1 hour', body_bytes_total = $3 WHERE id = $1`,
    [id, given.hoursOld, given.bytesTotal],
  );
  await database.sql.query(
    `INSERT INTO log.chunk SELECT part, id, 0, date_trunc('hour', now()), 1, 1, 0, 1, 0, now(), now(), 0, 0, 0, $2, false, ''
     FROM log.stream WHERE id = $1`,
    [id, given.bytesBefore],
  );
}

async function measure(tenant: TestTenant) {
  const ctx = await people.ctxOf('technical_services');
  const { organizationId, workspaceId } = tenant;
  return (await measureTraffic({ ctx, input: { organizationId } })).trafficByWorkspace[workspaceId];
}

/** A million bytes since yesterday 00:00 UTC, as bytes a day. */
function bytesADay(): number {
  const now = Date.now();
  return 1_000_000 / ((now - (Math.floor(now / DAY_MS) - 1) * DAY_MS) / DAY_MS);
}

test('what came since yesterday is told as bytes a day, type by type', async () => {
  const tenant = await createTenant(database.sql);
  await addStream(tenant, { type: 'events', hoursOld: 2_000, bytesBefore: 1_000_000, bytesTotal: 2_000_000 });
  await addStream(tenant, { type: 'segment', hoursOld: 6, bytesBefore: 0, bytesTotal: 1_000 });
  // Midnight may pass between the two looks at the clock.
  const before = bytesADay();
  const traffic = await measure(tenant);
  const after = bytesADay();
  expect(traffic?.events).toBeGreaterThan(Math.min(before, after) * 0.99);
  expect(traffic?.events).toBeLessThan(Math.max(before, after) * 1.01);
  expect(traffic?.segment).toBeGreaterThan(3_900);
  expect(traffic?.segment).toBeLessThan(4_100);
  expect(traffic?.sync_aliases).toBeUndefined();
});

test('what has only begun, or sends nothing, is not guessed', async () => {
  const tenant = await createTenant(database.sql);
  await addStream(tenant, { type: 'events', hoursOld: 0.5, bytesBefore: 0, bytesTotal: 1_000 });
  expect(await measure(tenant)).toBeUndefined();
  expect(await measure(await createTenant(database.sql))).toBeUndefined();
});

test('of another organization nothing is told', async () => {
  const [own, other] = [await createTenant(database.sql), await createTenant(database.sql)];
  const ctx = await people.ctxOf('customer_admin', own);
  expect(await codeOf(measureTraffic({ ctx, input: { organizationId: other.organizationId } }))).toBe(
    'NOT_FOUND',
  );
});
