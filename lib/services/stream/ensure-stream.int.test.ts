import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { inTransaction, type Sql } from '@/lib/platform/sql';
import { testChunk } from '@/lib/testing/chunk';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createRoutingRow } from '@/lib/testing/routing-row';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import { ensureStream } from './ensure-stream';

let database: TestDatabase;
let sql: Sql;
let log: EventLog;
let tenant: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase({ connectionsMax: 20 });
  sql = database.sql;
  log = createPostgresEventLog({ sql });
});
afterAll(() => database.close());
beforeEach(async () => {
  tenant = await createTenant(sql);
});

async function lanesOf(routingId: string): Promise<unknown[]> {
  const { rows } = await sql.query(
    `SELECT stream_id, next, done, body_bytes_done, rows_done, running
      FROM lane WHERE routing_id = $1 ORDER BY stream_id`,
    [routingId],
  );
  return rows;
}

/** Chunks of two lines each. */
async function appendChunks(streamId: number, count: number): Promise<void> {
  const chunks = await Promise.all(
    Array.from({ length: count }, (_, i) => testChunk(streamId, [`${i}`, 'b'])),
  );
  const result = await log.append({ appendId: randomUUID(), chunks, idempotency: [] });
  expect(result.kind).toBe('stored');
}

describe('a stream is born', () => {
  test('once, however many processes ask for it at the same time', async () => {
    const asked = Array.from({ length: 8 }, () => ensureStream(sql, { ...tenant, type: 'events' }));
    const ids = await Promise.all(asked);
    expect(new Set(ids).size).toBe(1);
    expect(await ensureStream(sql, { ...tenant, type: 'sync_aliases' })).not.toBe(ids[0]);
  });

  test('with a lane at offset 0 for every started routing that carries its type, and for no other', async () => {
    const running = await createRoutingRow(sql, tenant, { lifecycle: 'active' });
    const paused = await createRoutingRow(sql, tenant, { lifecycle: 'paused', intent: 'pause' });
    const draft = await createRoutingRow(sql, tenant, { lifecycle: 'draft' });
    const otherTypes = await createRoutingRow(sql, tenant, { dataTypes: ['segment', 'sync_aliases'] });
    const elsewhere = await createRoutingRow(sql, await createTenant(sql));
    const streamId = await ensureStream(sql, { ...tenant, type: 'events' });
    const lane = { stream_id: streamId, next: 0, done: 0, body_bytes_done: 0, rows_done: 0 };
    expect(await lanesOf(running)).toEqual([{ ...lane, running: true }]);
    expect(await lanesOf(paused)).toEqual([{ ...lane, running: false }]);
    for (const routing of [draft, otherTypes, elsewhere]) expect(await lanesOf(routing)).toEqual([]);
  });

  test('never under another organization than its workspace has', async () => {
    const stranger = await createTenant(sql);
    const mixed = {
      organizationId: stranger.organizationId,
      workspaceId: tenant.workspaceId,
      type: 'events',
    } as const;
    await expect(ensureStream(sql, mixed)).rejects.toThrow('violates foreign key');
    await ensureStream(sql, { ...tenant, type: 'events' });
    await expect(ensureStream(sql, mixed)).rejects.toThrow('query returned no rows');
  });
});

describe('a routing that starts gets its lanes', () => {
  const openLanes = (routingId: string) => sql.query('SELECT log.open_lanes($1)', [routingId]);

  test('at the head of every stream of its types, the totals so far counted as done', async () => {
    const events = await ensureStream(sql, { ...tenant, type: 'events' });
    await ensureStream(sql, { ...tenant, type: 'segment' });
    await appendChunks(events, 3);
    const routing = await createRoutingRow(sql, tenant, { lifecycle: 'starting' });
    await openLanes(routing);
    const { bodyBytesTotal } = await log.head(events);
    expect(await lanesOf(routing)).toEqual([
      { stream_id: events, next: 3, done: 3, body_bytes_done: bodyBytesTotal, rows_done: 6, running: true },
    ]);
  });

  test('at the first chunk kept when it starts from the earliest, at the head when none is kept', async () => {
    const events = await ensureStream(sql, { ...tenant, type: 'events' });
    const aliases = await ensureStream(sql, { ...tenant, type: 'sync_aliases' });
    await appendChunks(events, 4);
    await appendChunks(aliases, 2);
    await sql.query('DELETE FROM log.chunk WHERE stream_id = $1 AND "offset" < 2', [events]);
    await sql.query('DELETE FROM log.chunk WHERE stream_id = $1', [aliases]);
    const routing = await createRoutingRow(sql, tenant, {
      dataTypes: ['events', 'sync_aliases'],
      startFrom: 'earliest',
    });
    await openLanes(routing);
    const [first] = await log.scan(events, 2, 1);
    expect(await lanesOf(routing)).toMatchObject([
      { next: 2, done: 2, rows_done: 4, body_bytes_done: first!.bodyBytesBefore },
      { next: 2, done: 2, rows_done: 4 },
    ]);
  });

  test('once: lanes that exist keep their place', async () => {
    const events = await ensureStream(sql, { ...tenant, type: 'events' });
    const routing = await createRoutingRow(sql, tenant);
    await openLanes(routing);
    await appendChunks(events, 2);
    await openLanes(routing);
    expect(await lanesOf(routing)).toMatchObject([{ next: 0, done: 0 }]);
  });

  test('also when a stream is born at the same moment', async () => {
    for (let round = 0; round < 20; round += 1) {
      const own = await createTenant(sql);
      const routing = await createRoutingRow(sql, own, { lifecycle: 'draft' });
      const start = inTransaction(sql, async (client) => {
        await client.query("UPDATE routing SET lifecycle = 'starting' WHERE id = $1", [routing]);
        await client.query('SELECT log.open_lanes($1)', [routing]);
      });
      await Promise.all([start, ensureStream(sql, { ...own, type: 'events' })]);
      expect(await lanesOf(routing)).toHaveLength(1);
    }
  });
});

test('opening lanes and appending do not wait for each other', async () => {
  const events = await ensureStream(sql, { ...tenant, type: 'events' });
  const routing = await createRoutingRow(sql, tenant);
  await inTransaction(sql, async (client) => {
    await client.query('SELECT log.open_lanes($1)', [routing]);
    await client.query('UPDATE lane SET epoch = epoch + 1 WHERE routing_id = $1', [routing]);
    await appendChunks(events, 1);
  });
  expect((await log.head(events)).nextOffset).toBe(1);
});
