import { crc32 } from 'node:zlib';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { deflateChunk } from '@/lib/platform/event-log/compress';
import { readDelivered, readDeliveredLines } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { createDeliverySuite } from '@/lib/testing/delivery-suite';
import {
  appendLines,
  createTestRouting,
  numberedLines,
  type TestRouting,
  type TestRoutingOptions,
  thisHourMs,
} from '@/lib/testing/routing';

const HOUR_MS = 3_600_000;
/** Enough in one line for a file of two chunks to be stitched. */
const FAT = 'x'.repeat(20_000);

const { database, store, log, close } = await createDeliverySuite();
afterEach(() => {
  store.control.faults.clear();
});
afterAll(close);

interface Prepared {
  readonly routing: TestRouting;
  readonly watch: ReturnType<typeof watchRouting>;
  /** The lines of each chunk, by offset. */
  readonly chunks: readonly (readonly string[])[];
  start(): Promise<void>;
}

/** A routing that does not run yet and one chunk per entry of `hours`: how many hours before this one it belongs to. */
async function prepare(
  hours: readonly number[],
  options: Partial<TestRoutingOptions> & { padding?: string } = {},
): Promise<Prepared> {
  const { sql } = database;
  const routing = await createTestRouting({ sql, store, ...options });
  const id = [routing.routingId];
  await sql.query('UPDATE lane SET running = false WHERE routing_id = $1', id);
  const chunks = hours.map((_, offset) => numberedLines(`${offset}${options.padding ?? ''}`, 3));
  const snapshotEnd = options.dataTypes?.[0] === 'segment';
  const beganInMs = thisHourMs();
  for (const [offset, hoursAgo] of hours.entries()) {
    const hourMs = beganInMs + hoursAgo * HOUR_MS;
    await appendLines(log, routing.streamId, chunks[offset]!, { hourMs, snapshotEnd });
  }
  const start = async () => {
    await sql.query('UPDATE lane SET running = true WHERE routing_id = $1', id);
  };
  return { routing, watch: watchRouting(sql, routing), chunks, start };
}

async function damage({ routing }: Prepared, offset: number, change: string, values: unknown[] = []) {
  await database.sql.query(`UPDATE log.chunk SET ${change} WHERE stream_id = $1 AND "offset" = $2`, [
    routing.streamId,
    offset,
    ...values,
  ]);
}

const FLIPPED = 'body = set_byte(body, 9, (get_byte(body, 9) + 1) % 256)';

function flip(prepared: Prepared, offset: number): Promise<void> {
  return damage(prepared, offset, FLIPPED);
}

/** Exactly the chunks that are still whole, once each; the others on the books with their reason and offset. */
async function expectSetAside(prepared: Prepared, offsets: readonly number[]): Promise<void> {
  const { routing, chunks } = prepared;
  const whole = chunks.flatMap((lines, offset) => (offsets.includes(offset) ? [] : lines));
  expect(await readDeliveredLines(store, database.sql, routing.prefix)).toEqual([...whole].sort());
  const id = [routing.routingId];
  const { rows: aside } = await database.sql.query(
    `SELECT sum(a.rows)::int AS rows, (SELECT json_agg(o ORDER BY o) FROM cut_set_aside b, unnest(b.offsets) o
       WHERE b.routing_id = $1) AS offsets
     FROM cut_set_aside a JOIN cut c ON c.id = a.cut_id
     WHERE a.routing_id = $1 AND a.reason = 'corrupt' AND c.state = 'committed'`,
    id,
  );
  expect(aside).toEqual([{ rows: 3 * offsets.length, offsets }]);
  const { rows: told } = await database.sql.query(
    `SELECT (detail ->> 'rows')::int AS rows FROM audit_event
     WHERE target = 'routing:' || $1::text AND action = 'routing.set_aside'`,
    id,
  );
  expect(told).toEqual([{ rows: 3 * offsets.length }]);
  const { rows: sums } = await database.sql.query<{ equal: boolean }>(
    `SELECT l.rows_done = (SELECT sum(rows) FROM log.chunk WHERE stream_id = l.stream_id) AS equal
     FROM lane l WHERE l.routing_id = $1`,
    id,
  );
  expect(sums).toEqual([{ equal: true }]);
}

describe('a chunk whose stored bytes changed before its cut was delivered', () => {
  test.each([
    ['a flipped byte in thin traffic', '', (it: Prepared) => flip(it, 1)],
    ['a flipped byte of a stitched file', FAT, (it: Prepared) => flip(it, 1)],
    ['a body that was cut off', FAT, (it: Prepared) => damage(it, 1, 'body = substring(body FOR 8)')],
    ['a body that grew', '', (it: Prepared) => damage(it, 1, `body = body || '\\x00'::bytea`)],
    ['a body of no bytes', FAT, (it: Prepared) => damage(it, 1, `body = ''::bytea`)],
    [
      'other bytes with a CRC-32 of their own',
      '',
      async (it: Prepared) => {
        const { body } = await deflateChunk(Buffer.from('{"id":"forged"}\n'), 1);
        const change = 'body = $3, body_bytes = $4, crc_body = $5';
        await damage(it, 1, change, [body, body.length, crc32(body)]);
      },
    ],
    [
      'bytes that are no deflate stream, with a CRC-32 of their own',
      '',
      async (it: Prepared) => {
        const body = Buffer.alloc(60, 0xff);
        await damage(it, 1, 'body = $3, body_bytes = 60, crc_body = $4', [body, crc32(body)]);
      },
    ],
  ])('%s is never delivered; the other chunks of its file are, once', async (_, padding, change) => {
    const it = await prepare([0, 0, 0], { padding });
    await change(it);
    await it.start();
    await it.watch.untilCaughtUp();
    await expectSetAside(it, [1]);
    expect(await it.watch.attempts()).toMatchObject([
      { outcome: 'refused', code: 'NotSent' },
      { outcome: 'done' },
    ]);
    expect((await it.watch.routing()).health).toBe('healthy');
  });

  test('files of other hours in the same cut stay what they were, also where their chunks lie between', async () => {
    const it = await prepare([0, 1, 0, 1, 2]);
    await flip(it, 2);
    await it.start();
    await it.watch.untilCaughtUp();
    await expectSetAside(it, [2]);
    expect(await readDelivered(store, database.sql, it.routing.prefix)).toHaveLength(3);
  });

  test('several of them in several files are set aside, each from its own', async () => {
    const it = await prepare([0, 1, 0, 1, 1]);
    for (const offset of [0, 1, 4]) await flip(it, offset);
    await it.start();
    await it.watch.untilCaughtUp();
    const { rows } = await database.sql.query(
      `SELECT offsets::int[] FROM cut_set_aside WHERE routing_id = $1 AND reason = 'corrupt' ORDER BY hour`,
      [it.routing.routingId],
    );
    expect(rows).toEqual([{ offsets: [0] }, { offsets: [1, 4] }]);
    expect(await readDeliveredLines(store, database.sql, it.routing.prefix)).toEqual(
      [...it.chunks[2]!, ...it.chunks[3]!].sort(),
    );
  });

  test('a file of which nothing is left does not come to be, and its cut is committed', async () => {
    const it = await prepare([0]);
    await flip(it, 0);
    await it.start();
    await it.watch.untilCaughtUp();
    await expectSetAside(it, [0]);
    expect(await store.listKeys(it.routing.prefix)).toEqual([]);
  });

  test('a snapshot that lost a chunk is set aside whole: half of one would pass for complete', async () => {
    const it = await prepare([0], { dataTypes: ['segment'] });
    await flip(it, 0);
    await it.start();
    await it.watch.untilCaughtUp();
    await expectSetAside(it, [0]);
  });

  test('every routing of the workspace sets it aside for itself', async () => {
    const it = await prepare([0, 0]);
    const { tenant } = it.routing;
    const other = await createTestRouting({ sql: database.sql, store, tenant });
    await flip(it, 1);
    await it.start();
    await it.watch.untilCaughtUp();
    await expectSetAside(it, [1]);
    await database.sql.query('UPDATE lane SET next = 0, done = 0 WHERE routing_id = $1', [other.routingId]);
    await watchRouting(database.sql, other).untilCaughtUp();
    const lines = await readDeliveredLines(store, database.sql, other.prefix);
    expect(lines).toEqual([...it.chunks[0]!].sort());
  });
});

describe('bytes that changed after an attempt', () => {
  const put = (it: Prepared) => ({ operation: 'PutObject' as const, prefix: it.routing.prefix });

  async function failOnce(it: Prepared, effect: Parameters<typeof store.control.faults.add>[0]['effect']) {
    store.control.faults.add({ match: put(it), effect });
    await it.start();
    await it.watch.untilBackingOff(1);
  }

  test('that was refused: nothing lies there, so what is left is sealed anew', async () => {
    const it = await prepare([0, 0]);
    await failOnce(it, { kind: 'answer', status: 403, code: 'RequestTimeTooSkewed' });
    await flip(it, 0);
    await it.watch.letTimePass(0);
    await it.watch.untilCaughtUp();
    await expectSetAside(it, [0]);
  });

  test('that wrote the whole file and lost its reply: the file is found and counts once', async () => {
    const it = await prepare([0, 0], { padding: FAT });
    await failOnce(it, { kind: 'drop', applied: true });
    await flip(it, 0);
    await it.watch.letTimePass(0);
    await it.watch.untilCaughtUp();
    const lines = await readDeliveredLines(store, database.sql, it.routing.prefix);
    expect(lines).toEqual(it.chunks.flat().sort());
    expect(await it.watch.attempts()).toMatchObject([{ outcome: 'unknown' }, { code: 'NotSent' }]);
  });

  test('that may have written and left nothing to be seen: held, until a person accepts the doubt', async () => {
    const it = await prepare([0, 0]);
    await failOnce(it, { kind: 'answer', status: 500, code: 'InternalError' });
    await flip(it, 0);
    await it.watch.letTimePass(0);
    await it.watch.untilHealth('blocked', 'chunk_corrupt');
    expect(await it.watch.lane()).toMatchObject({ held_cause: 'chunk_corrupt', done: 0 });
    expect(await store.listKeys(it.routing.prefix)).toEqual([]);
    const id = [it.routing.routingId];
    await database.sql.query('UPDATE cut SET doubt_accepted_at = now() WHERE routing_id = $1', id);
    await database.sql.query(
      'UPDATE lane SET held_cause = NULL, not_before = NULL, epoch = epoch + 1 WHERE routing_id = $1',
      id,
    );
    await it.watch.untilCaughtUp();
    await expectSetAside(it, [0]);
  });

  test('and somebody else’s object lies there: a conflict, not overwritten', async () => {
    const it = await prepare([0, 0]);
    await failOnce(it, { kind: 'answer', status: 500, code: 'InternalError' });
    const { rows } = await database.sql.query<{ key: string }>('SELECT key FROM file WHERE routing_id = $1', [
      it.routing.routingId,
    ]);
    await store.control.putForeignObject({ bucket: store.bucket, key: rows[0]!.key });
    await flip(it, 0);
    await it.watch.letTimePass(0);
    await it.watch.untilHealth('blocked', 'conflict');
    const stored = await store.getObject(rows[0]!.key);
    expect(stored.body.toString()).toBe('written by somebody else');
  });
});

describe('a log that is not what was sealed, by more than bytes', () => {
  test('a row whose figures changed is never delivered in its place', async () => {
    const it = await prepare([0, 0]);
    store.control.faults.add({
      match: { operation: 'PutObject', prefix: it.routing.prefix },
      effect: { kind: 'answer', status: 503, code: 'SlowDown' },
    });
    await it.start();
    await it.watch.untilBackingOff(1);
    await damage(it, 0, 'rows = rows - 1');
    await it.watch.letTimePass(0);
    await it.watch.untilHealth('blocked', 'chunk_corrupt');
    expect(await it.watch.lane()).toMatchObject({ held_cause: 'chunk_corrupt', next: 2, done: 0 });
    expect(await store.listKeys(it.routing.prefix)).toEqual([]);
  });

  test.each([
    ['first', 0],
    ['last', 1],
  ])('a %s chunk that is gone holds the lane instead of being skipped', async (_, offset) => {
    const it = await prepare([0, 0]);
    await database.sql.query('DELETE FROM log.chunk WHERE stream_id = $1 AND "offset" = $2', [
      it.routing.streamId,
      offset,
    ]);
    await it.start();
    await it.watch.untilHealth('blocked', 'chunk_missing');
    expect(await it.watch.lane()).toMatchObject({ held_cause: 'chunk_missing', done: 0 });
    expect(await store.listKeys(it.routing.prefix)).toEqual([]);
  });

  test.each([0, 1])('a chunk (%i) that goes away after the seal holds the lane', async (offset) => {
    const it = await prepare([0, 0]);
    store.control.faults.add({
      match: { operation: 'PutObject', prefix: it.routing.prefix },
      effect: { kind: 'answer', status: 503, code: 'SlowDown' },
    });
    await it.start();
    await it.watch.untilBackingOff(1);
    await database.sql.query('DELETE FROM log.chunk WHERE stream_id = $1 AND "offset" = $2', [
      it.routing.streamId,
      offset,
    ]);
    await it.watch.letTimePass(0);
    await it.watch.untilHealth('blocked', 'chunk_missing');
    expect(await store.listKeys(it.routing.prefix)).toEqual([]);
  });
});
