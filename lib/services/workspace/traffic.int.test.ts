import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { addRejectedEvents } from '@/lib/services/collection/add-rejected-events';
import { countHours } from '@/lib/services/hour/count-hours';
import { listOrganizations } from '@/lib/services/organization/list';
import { ensureStream } from '@/lib/services/stream/ensure-stream';
import { listPeople } from '@/lib/services/user/list-people';
import { testChunk } from '@/lib/testing/chunk';
import { codeOf } from '@/lib/testing/code-of';
import { type CtxFactory, createCtxFactory } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createRoutingRow } from '@/lib/testing/routing-row';
import { createTenant } from '@/lib/testing/tenant';
import { readTraffic } from './read-traffic';

const HOUR_MS = 3_600_000;
let database: TestDatabase;
let people: CtxFactory;
let hourMs: number;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createCtxFactory(database);
  const { rows } = await database.sql.query<{ ms: number }>(
    `SELECT extract(epoch FROM date_trunc('hour', now(), 'UTC'))::float8 * 1000 AS ms`,
  );
  hourMs = rows[0]?.ms ?? 0;
});
afterAll(() => database.close());

test('accepted events stand in their hours, counted or not yet, and those of a day ago are left out', async () => {
  const tenant = await createTenant(database.sql);
  const log = createPostgresEventLog({ sql: database.sql });
  const streamId = await ensureStream(database.sql, { ...tenant, type: 'events' });
  const aliasId = await ensureStream(database.sql, { ...tenant, type: 'sync_aliases' });
  const append = async (id: number, lines: number, hoursAgo: number) => {
    const texts = Array.from({ length: lines }, (_, index) => `{"n":${index}}`);
    const chunk = await testChunk(id, texts, { hourMs: hourMs - hoursAgo * HOUR_MS });
    await log.append({ appendId: randomUUID(), chunks: [chunk], idempotency: [] });
  };
  await append(streamId, 9, 24);
  await append(streamId, 3, 23);
  await countHours(database.sql);
  await append(streamId, 2, 0);
  await append(aliasId, 5, 0);
  const ctx = await people.ctxOf('customer_admin', tenant);
  const { traffic } = await readTraffic({ ctx, input: tenant });
  expect(traffic).toMatchObject([{ workspaceId: tenant.workspaceId, rejected: [] }]);
  const hours = traffic[0]?.acceptedByHour ?? [];
  expect([hours.length, hours[0], hours.at(-1), hours.reduce((sum, rows) => sum + rows, 0)]).toEqual([
    24, 3, 2, 5,
  ]);
});

test('refusals are summed by reason over a day and over a week, the most frequent first', async () => {
  const tenant = await createTenant(database.sql);
  const refuse = (reason: string, events: number, hoursAgo: number) =>
    addRejectedEvents(database.sql, [
      { ...tenant, code: 1000, reason, events, hourMs: hourMs - hoursAgo * HOUR_MS, lastAtMs: hourMs },
    ]);
  await refuse('a', 1, 0);
  await refuse('a', 2, 0);
  await refuse('b', 10, 30);
  await refuse('b', 4, 23);
  await refuse('c', 99, 24 * 7);
  const ctx = await people.ctxOf('technical_services');
  const { traffic } = await readTraffic({ ctx, input: tenant });
  expect(
    traffic[0]?.rejected.map(({ reason, events24h, events7d }) => [reason, events24h, events7d]),
  ).toEqual([
    ['b', 4, 14],
    ['a', 3, 3],
  ]);
});

test('people are listed with their role and when they were last seen, those of others are not', async () => {
  const tenant = await createTenant(database.sql);
  const [admin, viewer] = [
    await people.ctxOf('customer_admin', tenant),
    await people.ctxOf('customer_viewer', tenant),
  ];
  await database.sql.query(
    `INSERT INTO session (jti, user_id, expires_at, last_seen_at) VALUES ($1, $2, now(), '2026-11-01T10:00:00Z')`,
    [randomUUID(), viewer.actor.userId],
  );
  const gone = await people.ctxOf('customer_viewer', tenant);
  await database.sql.query(
    `INSERT INTO audit_event (organization_id, actor, action, target, at)
     VALUES ($1, $2, 'session.sign-in', 'user:x', '2026-10-01T10:00:00Z')`,
    [tenant.organizationId, `user:${gone.actor.userId}`],
  );
  const listed = (await listPeople({ ctx: admin, input: tenant })).people;
  expect(new Map(listed.map(({ email, role, lastSeenAt }) => [email, [role, lastSeenAt]]))).toEqual(
    new Map([
      [admin.actor.email, ['customer_admin', null]],
      [viewer.actor.email, ['customer_viewer', '2026-11-01T10:00:00.000Z']],
      [gone.actor.email, ['customer_viewer', '2026-10-01T10:00:00.000Z']],
    ]),
  );
  expect(await codeOf(listPeople({ ctx: viewer, input: tenant }))).toBe('FORBIDDEN');
  const stranger = await people.ctxOf('customer_admin', await createTenant(database.sql));
  expect(await codeOf(listPeople({ ctx: stranger, input: tenant }))).toBe('NOT_FOUND');
  expect(await codeOf(readTraffic({ ctx: stranger, input: tenant }))).toBe('NOT_FOUND');
});

test('organizations are found by a part of the name and show the worst status of their routings', async () => {
  const tenant = await createTenant(database.sql);
  const q = tenant.organizationId.slice(0, 8).toUpperCase();
  const ctx = await people.ctxOf('technical_services');
  const labels = async () =>
    (await listOrganizations({ ctx, input: { q } })).organizations.map(({ worstLabel, routings }) => [
      worstLabel,
      routings,
    ]);
  expect(await labels()).toEqual([[null, 0]]);
  await createRoutingRow(database.sql, tenant, { lifecycle: 'disabled' });
  await createRoutingRow(database.sql, tenant, { lifecycle: 'awaiting_customer' });
  expect(await labels()).toEqual([['awaiting_customer', 2]]);
  expect((await listOrganizations({ ctx, input: { q: '%' } })).organizations).toEqual([]);
});
