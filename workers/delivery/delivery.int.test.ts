import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { readDelivered, readDeliveredLines } from '@/lib/testing/delivered';
import { createDeliverySuite } from '@/lib/testing/delivery-suite';
import { openQueueBackend } from '@/lib/testing/queue-backend';
import {
  appendLines,
  createTestRouting,
  numberedLines,
  type TestRouting,
  thisHourMs,
} from '@/lib/testing/routing';
import { waitUntil } from '@/lib/testing/wait-until';
import { startTestWorker } from '@/lib/testing/worker';

const HOUR_MS = 3_600_000;

const { database, store, log, close } = await createDeliverySuite();
afterAll(close);

function deliveredLines(routing: TestRouting): Promise<string[]> {
  return readDeliveredLines(store, database.sql, routing.prefix);
}

/** Appends while the routing waits, so that its first cut holds all of it, however long the appends take. */
async function appendBeforehand(routing: TestRouting, append: () => Promise<void>): Promise<void> {
  const run = 'UPDATE lane SET running = $2 WHERE routing_id = $1';
  await database.sql.query(run, [routing.routingId, false]);
  await append();
  await database.sql.query(run, [routing.routingId, true]);
}

async function untilCaughtUp(routing: TestRouting): Promise<void> {
  await waitUntil('every lane is done up to its head', async () => {
    const { rows } = await database.sql.query(
      `SELECT 1 FROM lane l JOIN log.stream s ON s.id = l.stream_id
       WHERE l.routing_id = $1 AND (l.done < s.next_offset OR l.next <> l.done)`,
      [routing.routingId],
    );
    return rows.length === 0;
  });
}

describe('what lands in the bucket', () => {
  test('several appends are one file, each line once, with offsets and stream in the metadata', async () => {
    const routing = await createTestRouting({ sql: database.sql, store, flushIntervalMs: 1_000 });
    const lines = numberedLines('one', 500);
    await appendBeforehand(routing, () => appendLines(log, routing.streamId, lines, { linesPerChunk: 50 }));
    await untilCaughtUp(routing);
    const files = await readDelivered(store, database.sql, routing.prefix);
    expect(files).toHaveLength(1);
    expect(files[0]!.lines).toEqual(lines);
    expect(files[0]!.metadata).toMatchObject({
      'sluice-first-offset': '0',
      'sluice-last-offset': '9',
      'sluice-stream': String(routing.streamId),
    });
  });

  test('a cut over several hours becomes one file per hour, each with its own lines', async () => {
    const routing = await createTestRouting({ sql: database.sql, store, flushIntervalMs: 1_500 });
    const hourMs = thisHourMs();
    const hourOf = (ms: number) => new Date(ms).toISOString().slice(11, 13);
    const early = numberedLines('early', 40);
    const late = numberedLines('late', 40);
    await appendBeforehand(routing, async () => {
      for (const part of [0, 20]) {
        await appendLines(log, routing.streamId, early.slice(part, part + 20), { hourMs });
        await appendLines(log, routing.streamId, late.slice(part, part + 20), {
          hourMs: hourMs + HOUR_MS,
        });
      }
    });
    await untilCaughtUp(routing);
    const files = await readDelivered(store, database.sql, routing.prefix);
    const byHour = new Map(files.map((file) => [/hour=(\d\d)/.exec(file.key)?.[1], file.lines]));
    expect(files).toHaveLength(2);
    expect(byHour.get(hourOf(hourMs))).toEqual(early);
    expect(byHour.get(hourOf(hourMs + HOUR_MS))).toEqual(late);
  });

  test('thin traffic is compressed again as one stream, and reads back whole', async () => {
    const routing = await createTestRouting({ sql: database.sql, store, flushIntervalMs: 1_000 });
    const lines = numberedLines('thin', 300);
    await appendBeforehand(routing, () => appendLines(log, routing.streamId, lines, { linesPerChunk: 3 }));
    await untilCaughtUp(routing);
    const { rows } = await database.sql.query<{ kind: string; gzip_bytes: number; body_bytes: number }>(
      `SELECT f.kind, f.gzip_bytes, c.body_bytes FROM file f JOIN cut c ON c.id = f.cut_id
       WHERE f.routing_id = $1`,
      [routing.routingId],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]!.kind).toBe('recompressed');
    expect(rows[0]!.gzip_bytes).toBeLessThan(rows[0]!.body_bytes);
    expect(await deliveredLines(routing)).toEqual([...lines].sort());
  });

  test('chunks of traffic are copied, never compressed again', async () => {
    const routing = await createTestRouting({ sql: database.sql, store });
    const lines = numberedLines('fat', 4_000);
    await appendLines(log, routing.streamId, lines, { linesPerChunk: 2_000 });
    await untilCaughtUp(routing);
    const { rows } = await database.sql.query<{ key: string; kind: string }>(
      'SELECT key, kind FROM file WHERE routing_id = $1',
      [routing.routingId],
    );
    expect(rows.map((row) => row.kind)).toContain('stitched');
    for (const { key } of rows) gunzipSync((await store.getObject(key)).body);
    expect(await deliveredLines(routing)).toEqual([...lines].sort());
  });

  test('a segment snapshot is one unpartitioned file, and only the newest complete one is written', async () => {
    const routing = await createTestRouting({
      sql: database.sql,
      store,
      dataTypes: ['segment'],
      flushIntervalMs: 1_500,
    });
    const newest = numberedLines('new', 7);
    await appendBeforehand(routing, async () => {
      await appendLines(log, routing.streamId, numberedLines('old', 5), { snapshotEnd: true });
      await appendLines(log, routing.streamId, newest, { snapshotEnd: true });
    });
    await untilCaughtUp(routing);
    const files = await readDelivered(store, database.sql, routing.prefix);
    expect(files).toHaveLength(1);
    expect(files[0]!.lines).toEqual(newest);
    expect(files[0]!.key).toMatch(new RegExp(`^${routing.prefix}type=segment/[^/]+$`));
  });

  test('every type of a routing flows in its own lane, and two routings of a workspace get every line each', async () => {
    const dataTypes = ['events', 'sync_aliases'] as const;
    const first = await createTestRouting({ sql: database.sql, store, dataTypes });
    const second = await createTestRouting({ sql: database.sql, store, dataTypes, tenant: first.tenant });
    const events = numberedLines('event', 20);
    const aliases = numberedLines('alias', 20);
    await appendLines(log, first.streamIds.events!, events);
    await appendLines(log, first.streamIds.sync_aliases!, aliases);
    for (const routing of [first, second]) {
      await untilCaughtUp(routing);
      expect(await deliveredLines(routing)).toEqual([...events, ...aliases].sort());
    }
  });

  test('a KMS key travels with the PUT', async () => {
    const kmsKeyArn = 'arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000';
    const routing = await createTestRouting({ sql: database.sql, store, kmsKeyArn });
    await store.control.setKmsKey({ kmsKeyId: kmsKeyArn, disabled: true });
    await appendLines(log, routing.streamId, numberedLines('kms', 5));
    await waitUntil('the disabled key is named', async () => {
      const { rows } = await database.sql.query<{ health_cause: string | null }>(
        'SELECT health_cause FROM routing WHERE id = $1',
        [routing.routingId],
      );
      return rows[0]?.health_cause === 'kms_key_disabled';
    });
  });
});

describe('several workers at once', () => {
  test('many lanes under three more workers: no line lost, none twice, no cut under two names', async () => {
    const more = await Promise.all(
      ['w2', 'w3', 'w4'].map((workerId) => startTestWorker({ database, workerId })),
    );
    const routings = await Promise.all(
      Array.from({ length: 12 }, () => createTestRouting({ sql: database.sql, store, flushIntervalMs: 200 })),
    );
    const expected = new Map<TestRouting, string[]>();
    for (let round = 0; round < 6; round += 1) {
      await Promise.all(
        routings.map(async (routing) => {
          const lines = numberedLines(routing.routingId.slice(0, 4), 30, round * 30);
          expected.set(routing, [...(expected.get(routing) ?? []), ...lines]);
          await appendLines(log, routing.streamId, lines, { linesPerChunk: 10 });
        }),
      );
      await waitUntil('some of it was delivered', async () => {
        const { rows } = await database.sql.query(
          'SELECT 1 FROM lane WHERE routing_id = ANY($1) AND done > $2 LIMIT 1',
          [routings.map((routing) => routing.routingId), round * 3],
        );
        return rows.length > 0;
      });
    }
    for (const routing of routings) {
      await untilCaughtUp(routing);
      expect(await deliveredLines(routing)).toEqual([...expected.get(routing)!].sort());
    }
    const { rows } = await database.sql.query<{ worker_id: string }>(
      'SELECT DISTINCT worker_id FROM attempt WHERE routing_id = ANY($1)',
      [routings.map((routing) => routing.routingId)],
    );
    expect(rows.length).toBeGreaterThan(1);
    await Promise.all(more.map((other) => other.stop()));
  });
});

describe('a lost queue', () => {
  test('wake-ups that vanish delay work and lose nothing', async () => {
    const routing = await createTestRouting({ sql: database.sql, store });
    const lines = numberedLines('q', 60);
    const backend = openQueueBackend(database);
    for (let from = 0; from < 60; from += 20) {
      await appendLines(log, routing.streamId, lines.slice(from, from + 20));
      await backend.wipe();
    }
    await untilCaughtUp(routing);
    expect(await deliveredLines(routing)).toEqual([...lines].sort());
    await backend.close();
  });
});
