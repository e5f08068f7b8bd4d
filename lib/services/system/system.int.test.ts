import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { ensureStream } from '@/lib/services/stream/ensure-stream';
import { testChunk } from '@/lib/testing/chunk';
import { codeOf } from '@/lib/testing/code-of';
import { type CtxFactory, createCtxFactory } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createRoutingRow } from '@/lib/testing/routing-row';
import { createTenant } from '@/lib/testing/tenant';
import { announceProcess, type Execute } from './announce-process';
import { forgetProcesses } from './forget-processes';
import { readSystem } from './read-system';

let database: TestDatabase;
let people: CtxFactory;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createCtxFactory(database);
});
afterAll(() => database.close());

const detail = { host: 'h1', pid: 7, notReady: [] };
const bySql: Execute = (statement, values) => database.sql.query(statement, [...values]);
const byPrisma: Execute = (statement, values) => database.db.$executeRawUnsafe(statement, ...values);

async function read() {
  const { system, unread } = await readSystem({ ctx: await people.ctxOf('ops') });
  expect(unread).toEqual([]);
  return system;
}

function age(id: string, seconds: number) {
  return database.sql.query(
    'UPDATE process SET seen_at = now() - make_interval(secs => $2), started_at = now() - interval $$2 days$$ WHERE id = $1',
    [id, seconds],
  );
}

describe('processes', () => {
  test('of web and worker stand in one list; one not heard of is stale, one of yesterday is forgotten', async () => {
    const report = { version: '0.1.0', uptimeMs: 60_000 };
    const queue = { backend: 'redis' as const, waiting: 4, oldestAgeMs: 90 };
    await announceProcess(byPrisma, { ...report, id: 'web-1', kind: 'web', detail });
    await announceProcess(bySql, {
      ...report,
      id: 'worker-1',
      kind: 'worker',
      detail: { ...detail, slots: 12, queue },
    });
    await announceProcess(bySql, { ...report, id: 'worker-2', kind: 'worker', detail });
    await announceProcess(bySql, { ...report, id: 'collector-1', kind: 'collector', detail });
    await age('worker-2', 31);
    await age('collector-1', 86_500);
    await forgetProcesses(database.sql);
    const { processes, queue: told } = await read();
    expect(processes?.map(({ id, state }) => [id, state])).toEqual([
      ['web-1', 'ready'],
      ['worker-2', 'stale'],
      ['worker-1', 'ready'],
    ]);
    expect(told).toEqual(queue);
  });

  test('one that starts again under its name counts from its new start', async () => {
    const report = { id: 'worker-fixed', kind: 'worker' as const, version: '0.1.0', detail };
    await announceProcess(bySql, { ...report, uptimeMs: 0 });
    await age('worker-fixed', 400);
    await announceProcess(bySql, { ...report, uptimeMs: 0 });
    const { rows } = await database.sql.query<{ is_new: boolean }>(
      `SELECT started_at > now() - interval '1 day' AS is_new FROM process WHERE id = 'worker-fixed'`,
    );
    expect(rows).toEqual([{ is_new: true }]);
  });

  test('whose row another version wrote is shown, without its details', async () => {
    await database.sql.query(
      `INSERT INTO process (id, kind, version, started_at, seen_at, detail)
       VALUES ('web-old', 'web', '0.0.1', now(), now(), '{"pid": "seven"}')`,
    );
    const shown = (await read()).processes?.find(({ id }) => id === 'web-old');
    expect(shown).toMatchObject({ state: 'not_ready', detail: null });
  });
});

test('the log tells what is kept and accepted, the database itself, routings their statuses', async () => {
  const tenant = await createTenant(database.sql);
  const streamId = await ensureStream(database.sql, { ...tenant, type: 'events' });
  const chunks = [await testChunk(streamId, ['{"a":1}', '{"a":2}'])];
  await createPostgresEventLog({ sql: database.sql }).append({
    appendId: randomUUID(),
    chunks,
    idempotency: [],
  });
  await createRoutingRow(database.sql, tenant, { lifecycle: 'draft' });
  const { log, database: server, routings } = await read();
  expect(log).toMatchObject({ acceptedEvents: 2, keptEvents: 2, keptChunks: 1 });
  expect(log?.oldestDay).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(log?.diskBytes).toBeGreaterThan(0);
  expect(server?.connections).toBeGreaterThan(0);
  expect(server?.connectionsMax).toBe(400);
  expect(routings).toEqual([{ label: 'draft', count: 1 }]);
});

test('what is pending is told from the moment it is collected, before the dispatcher has seen it', async () => {
  const tenant = await createTenant(database.sql);
  const routingId = await createRoutingRow(database.sql, tenant, { lifecycle: 'active', intent: 'run' });
  await database.sql.query('SELECT log.open_lanes($1)', [routingId]);
  expect((await read()).pending).toEqual({ events: 0, bytes: 0, oldestAgeMs: null });
  const streamId = await ensureStream(database.sql, { ...tenant, type: 'events' });
  const chunks = [await testChunk(streamId, ['{"a":1}', '{"a":2}', '{"a":3}'])];
  await createPostgresEventLog({ sql: database.sql }).append({
    appendId: randomUUID(),
    chunks,
    idempotency: [],
  });
  const { pending } = await read();
  expect(pending).toMatchObject({ events: 3, bytes: chunks[0]?.body.length });
  expect(pending?.oldestAgeMs).toBeGreaterThan(0);
});

test('a part that cannot be read is unknown, and the others are there', async () => {
  await database.sql.query('ALTER TABLE process RENAME TO process_gone');
  try {
    const { system, unread } = await readSystem({ ctx: await people.ctxOf('admin') });
    expect([system.processes, system.database === null]).toEqual([null, false]);
    expect(unread.map(({ part }) => part)).toEqual(['processes']);
  } finally {
    await database.sql.query('ALTER TABLE process_gone RENAME TO process');
  }
});

test.each(['technical_services', 'customer_admin', 'customer_viewer'] as const)(
  '%s does not see it',
  async (role) => {
    const ctx = await people.ctxOf(role, await createTenant(database.sql));
    expect(await codeOf(readSystem({ ctx }))).toBe('FORBIDDEN');
  },
);
