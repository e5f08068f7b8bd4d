import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { readDeliveredLines } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { appendLines, createTestRouting, numberedLines } from '@/lib/testing/routing';
import { startTestWorker, type TestWorker } from '@/lib/testing/worker';

const ACCOUNT = '444455556666';

let database: TestDatabase;
let store: TestObjectStore;
let worker: TestWorker;
let count = 0;
beforeAll(async () => {
  database = await createTestDatabase({ connectionsMax: 20 });
  store = await startTestObjectStore();
  const key = await store.control.createKey({ grants: [{ actions: ['sts:AssumeRole'] }] });
  const identity = { kind: 'keys', ...key } as const;
  worker = await startTestWorker({ database, workerId: 'w1', slots: { whole: 1, behind: 1 }, identity });
});
afterAll(async () => {
  await worker.stop();
  await store.close();
  await database.close();
});
beforeEach(() => store.control.setStsFault({ fault: null }));

/** A started routing whose access is a role of its own that asks for the organization's external id. */
async function startWithRole() {
  count += 1;
  const roleArn = `arn:aws:iam::${ACCOUNT}:role/sluice-${count}`;
  const routing = await createTestRouting({ sql: database.sql, store });
  const { routingId, tenant, prefix, streamId } = routing;
  await database.sql.query(
    `UPDATE credential SET kind = 'role', role_arn = $2, key_id = NULL, access_key_id_sealed = NULL,
       secret_access_key_sealed = NULL, access_key_id_last4 = NULL WHERE routing_id = $1`,
    [routingId, roleArn],
  );
  const { rows } = await database.sql.query<{ external_id: string }>(
    'SELECT external_id FROM organization WHERE id = $1',
    [tenant.organizationId],
  );
  const externalId = rows[0]!.external_id;
  await store.control.putRole({ roleArn, externalId });
  const log = createPostgresEventLog({ sql: database.sql });
  const watch = watchRouting(database.sql, { routingId });
  const append = (lines: readonly string[]) => appendLines(log, streamId, lines);
  const delivered = () => readDeliveredLines(store, database.sql, prefix);
  return { roleArn, externalId, routingId, append, watch, delivered };
}

const sorted = (lines: readonly string[]) => [...lines].sort();

test('a routing delivers with a role; a session that ends in between is renewed, and no line is lost or doubled', async () => {
  const { roleArn, append, watch, delivered, externalId } = await startWithRole();
  const lines = numberedLines('role', 30);
  await append(lines.slice(0, 10));
  await watch.untilCaughtUp();
  await watch.untilHealth('healthy', null);
  const before = store.control.stsCalls().filter((call) => call.roleArn === roleArn);
  expect(before).toEqual([{ action: 'AssumeRole', roleArn, externalId, hasPolicy: true }]);

  expect(await store.control.endSessions({ roleArn })).toEqual({ ended: 1 });
  await append(lines.slice(10));
  await watch.untilCaughtUp();
  expect(await delivered()).toEqual(sorted(lines));
  const codes = (await watch.attempts()).map(({ code }) => code);
  expect(codes).toContain('RoleSessionEnded');
  expect(store.control.stsCalls().filter((call) => call.roleArn === roleArn)).toHaveLength(2);
  expect(await watch.transitions()).not.toContainEqual(expect.stringContaining('blocked'));
});

test('a role that asks for another external id blocks the routing by name, and its mending is enough to go on', async () => {
  const { roleArn, externalId, append, watch, delivered } = await startWithRole();
  await store.control.putRole({ roleArn, externalId: 'slx-of-somebody-else' });
  const lines = numberedLines('blocked', 10);
  await append(lines);
  await watch.untilHealth('blocked', 'role_refused');
  expect(await watch.lane()).toMatchObject({ done: 0, held_cause: null, backs_off: true });

  await store.control.putRole({ roleArn, externalId });
  await watch.letTimePass(0);
  await watch.untilCaughtUp();
  await watch.untilHealth('healthy', null);
  expect(await delivered()).toEqual(sorted(lines));
});

test('while STS cannot be reached the data is held and tried again, and nobody is told to change anything', async () => {
  const { append, watch, delivered } = await startWithRole();
  store.control.setStsFault({ fault: { kind: 'drop' } });
  const lines = numberedLines('outage', 10);
  await append(lines);
  await watch.untilBackingOff(2);
  expect(await watch.lane()).toMatchObject({ done: 0, held_cause: null });
  expect((await watch.routing()).health).not.toBe('blocked');

  store.control.setStsFault({ fault: null });
  await watch.letTimePass(0);
  await watch.untilCaughtUp();
  expect(await delivered()).toEqual(sorted(lines));
});
