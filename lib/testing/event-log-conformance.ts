import { randomBytes, randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewChunk } from '@/lib/domain/chunk/chunk';
import {
  type AppendRequest,
  ChunkCorruptError,
  ChunkMissingError,
  type IdempotencyRow,
} from '@/lib/platform/event-log/event-log';
import { acceptedConformance } from './accepted-conformance';
import { TEST_HOUR_MS, testChunk } from './chunk';
import type { EventLogHarness } from './event-log-harness';

const HOUR_MS = 3_600_000;

/** What every adapter of `EventLog` guarantees. Call it at the top of a test file. */
export function eventLogConformance(open: () => Promise<EventLogHarness>): void {
  let harness: EventLogHarness;
  beforeAll(async () => {
    harness = await open();
  });
  afterAll(() => harness.close());
  const get = () => harness;
  describe('append', () => appendConformance(get));
  describe('an append that is refused or repeated', () => refusalConformance(get));
  describe('idempotency', () => idempotencyConformance(get));
  describe('closed hours', () => closedHourConformance(get));
  describe('what was accepted', () => acceptedConformance(get));
  describe('scan and read', () => readConformance(get));
}

function appendOf(chunks: readonly NewChunk[], idempotency: readonly IdempotencyRow[] = []): AppendRequest {
  return { appendId: randomUUID(), chunks, idempotency };
}

function keyOf(harness: EventLogHarness, key: string): IdempotencyRow {
  const answer = Buffer.from(`answer to ${key}`);
  return {
    workspaceId: harness.workspaceId,
    call: 'events',
    key,
    bodyHash: randomBytes(32),
    status: 201,
    answer,
  };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function appendConformance(get: () => EventLogHarness): void {
  test('offsets count from 0 without a gap, per stream, in the order of the request', async () => {
    const { log, newStream } = get();
    const [a, b] = [await newStream(), await newStream()];
    const first = appendOf([await testChunk(b, ['1']), await testChunk(a, ['2']), await testChunk(b, ['3'])]);
    expect(await log.append(first)).toEqual({ kind: 'stored', offsets: [0, 0, 1] });
    const second = appendOf([await testChunk(a, ['4']), await testChunk(b, ['5'])]);
    expect(await log.append(second)).toEqual({ kind: 'stored', offsets: [1, 2] });
    expect((await log.head(b)).nextOffset).toBe(3);
  });

  test('every chunk knows the totals before it, also when several of a stream come in one append', async () => {
    const { log, newStream } = get();
    const stream = await newStream();
    const chunks = [
      await testChunk(stream, ['a', 'b']),
      await testChunk(stream, ['c']),
      await testChunk(stream, ['d', 'e', 'f'], { snapshotEnd: true }),
    ];
    await log.append(appendOf(chunks.slice(0, 2)));
    await log.append(appendOf(chunks.slice(2)));
    const metas = await log.scan(stream, 0, 10);
    expect(metas.map((meta) => meta.rowsBefore)).toEqual([0, 2, 3]);
    expect(metas.map((meta) => meta.rawBytesBefore)).toEqual([0, 4, 6]);
    const bodyBytes = chunks.map((chunk) => chunk.bodyBytes);
    const [first = 0, second = 0] = bodyBytes;
    expect(metas.map((meta) => meta.bodyBytesBefore)).toEqual([0, first, first + second]);
    expect(await log.head(stream)).toEqual({
      streamId: stream,
      nextOffset: 3,
      rowsTotal: 6,
      rawBytesTotal: 12,
      bodyBytesTotal: bodyBytes.reduce((sum, bytes) => sum + bytes, 0),
      closedThroughMs: Number.NEGATIVE_INFINITY,
    });
  });

  test('metadata and body come back exactly as they were appended', async () => {
    const { log, newStream } = get();
    const stream = await newStream();
    const chunk = {
      ...(await testChunk(stream, ['x', 'y'], { snapshotEnd: true })),
      crcRaw: 0xffffffff,
      receivedMinMs: TEST_HOUR_MS + 1,
      receivedMaxMs: TEST_HOUR_MS + 3_599_999,
      receivedSumMs: 12_345_678_901_234_567_890_123n,
    };
    await log.append(appendOf([chunk]));
    const [back] = await collect(log.read(stream, 0, 0));
    const { body, ...content } = chunk;
    expect(back?.meta).toEqual({
      ...content,
      offset: 0,
      rowsBefore: 0,
      rawBytesBefore: 0,
      bodyBytesBefore: 0,
    });
    expect(back?.body.equals(body)).toBe(true);
  });
}

function refusalConformance(get: () => EventLogHarness): void {
  test('the same append id again returns the same placement and stores nothing', async () => {
    const { log, newStream } = get();
    const stream = await newStream();
    const request = appendOf([await testChunk(stream, ['a']), await testChunk(stream, ['b'])]);
    const results = [await log.append(request)];
    await log.append(appendOf([await testChunk(stream, ['c'])]));
    results.push(await log.append(request));
    expect(results).toEqual(Array(2).fill({ kind: 'stored', offsets: [0, 1] }));
    expect((await log.head(stream)).nextOffset).toBe(3);
  });

  test('the same append id many times at once is stored once', async () => {
    const { log, newStream } = get();
    const stream = await newStream();
    const request = appendOf([await testChunk(stream, ['a'])], [keyOf(get(), randomUUID())]);
    const results = await Promise.all(Array.from({ length: 6 }, () => log.append(request)));
    expect(results).toEqual(Array(6).fill({ kind: 'stored', offsets: [0] }));
    expect((await log.head(stream)).nextOffset).toBe(1);
  });

  test('an append id that was used for another number of chunks is refused', async () => {
    const { log, newStream } = get();
    const stream = await newStream();
    const request = appendOf([await testChunk(stream, ['a'])]);
    await log.append(request);
    const other = { ...request, chunks: [...request.chunks, await testChunk(stream, ['b'])] };
    await expect(log.append(other)).rejects.toThrow('used for another append');
  });

  test('a chunk of a stream that does not exist fails the whole append, and the error names the stream', async () => {
    const { log, newStream } = get();
    const stream = await newStream();
    const key = keyOf(get(), randomUUID());
    const request = appendOf([await testChunk(stream, ['a']), await testChunk(987_654, ['b'])], [key]);
    await expect(log.append(request)).rejects.toThrow('stream 987654 does not exist');
    expect((await log.head(stream)).nextOffset).toBe(0);
    expect(await log.scan(stream, 0, 10)).toEqual([]);
    expect(await log.findIdempotency(key.workspaceId, key.call, key.key)).toBeNull();
  });

  test.each([
    ['whose body is not as long as it says', { bodyBytes: 1 }],
    ['without lines', { rows: 0 }],
    ['without a body', { body: Buffer.alloc(0), bodyBytes: 0 }],
  ])('a chunk %s is refused', async (_, wrong) => {
    const { log, newStream } = get();
    const stream = await newStream();
    const chunk = { ...(await testChunk(stream, ['a'])), ...wrong };
    await expect(log.append(appendOf([chunk]))).rejects.toThrow('A chunk needs lines');
  });

  test('more than 4 MB of bodies in one append are refused', async () => {
    const { log, newStream } = get();
    const chunk = await testChunk(await newStream(), ['a']);
    const body = Buffer.alloc(2 * 1024 * 1024 + 1);
    const large = { ...chunk, body, bodyBytes: body.length };
    await expect(log.append(appendOf([large, large]))).rejects.toThrow('at most 4194304 bytes');
  });
}

function idempotencyConformance(get: () => EventLogHarness): void {
  test('a key is stored with its lines and gives back the first answer, byte by byte', async () => {
    const { log, newStream } = get();
    const rows = [
      { ...keyOf(get(), `"a\\ ,{}'é`), answer: randomBytes(300) },
      { ...keyOf(get(), randomUUID()), answer: Buffer.alloc(0) },
      { ...keyOf(get(), randomUUID()), answer: randomBytes(70) },
    ];
    await log.append(appendOf([await testChunk(await newStream(), ['a'])], rows));
    for (const row of rows) {
      expect(await log.findIdempotency(row.workspaceId, row.call, row.key)).toEqual(row);
    }
    for (const row of rows) {
      expect(await log.findIdempotency(row.workspaceId, 'batch', row.key)).toBeNull();
    }
  });

  test('keys can be stored without lines, and an append may be empty', async () => {
    const { log } = get();
    const row = keyOf(get(), randomUUID());
    expect(await log.append(appendOf([], [row]))).toEqual({ kind: 'stored', offsets: [] });
    expect(await log.findIdempotency(row.workspaceId, row.call, row.key)).toEqual(row);
    expect(await log.append(appendOf([]))).toEqual({ kind: 'stored', offsets: [] });
  });

  test('an append with a known key stores nothing, neither lines nor its other keys, and says which it was', async () => {
    const { log, newStream } = get();
    const stream = await newStream();
    const known = keyOf(get(), randomUUID());
    const fresh = keyOf(get(), randomUUID());
    await log.append(appendOf([await testChunk(stream, ['a'])], [known]));
    const again = appendOf(
      [await testChunk(stream, ['b'])],
      [fresh, { ...known, answer: Buffer.from('other') }],
    );
    expect(await log.append(again)).toEqual({ kind: 'key_exists', idempotencyIndexes: [1] });
    expect((await log.head(stream)).nextOffset).toBe(1);
    expect(await log.findIdempotency(fresh.workspaceId, fresh.call, fresh.key)).toBeNull();
    expect(await log.findIdempotency(known.workspaceId, known.call, known.key)).toEqual(known);
  });

  test('one key twice in one append is refused: the second row exists already', async () => {
    const { log } = get();
    const row = keyOf(get(), randomUUID());
    const twice = appendOf([], [row, keyOf(get(), randomUUID()), row]);
    expect(await log.append(twice)).toEqual({ kind: 'key_exists', idempotencyIndexes: [2] });
    expect(await log.findIdempotency(row.workspaceId, row.call, row.key)).toBeNull();
  });

  test('of many appends with one key at once exactly one is stored', async () => {
    const { log, newStream } = get();
    const stream = await newStream();
    const row = keyOf(get(), randomUUID());
    const requests = await Promise.all(
      Array.from({ length: 6 }, async (_, i) => appendOf([await testChunk(stream, [`${i}`])], [row])),
    );
    const results = await Promise.all(requests.map((request) => log.append(request)));
    expect(results.filter((result) => result.kind === 'stored')).toHaveLength(1);
    expect(results.filter((result) => result.kind === 'key_exists')).toHaveLength(5);
    expect((await log.head(stream)).nextOffset).toBe(1);
  });
}

function closedHourConformance(get: () => EventLogHarness): void {
  test('an append to a closed hour stores nothing and says which chunks; open hours go on', async () => {
    const { log, newStream, closeHours } = get();
    const [closed, open] = [await newStream(), await newStream()];
    await closeHours(closed, TEST_HOUR_MS + HOUR_MS);
    const key = keyOf(get(), randomUUID());
    const late = await testChunk(closed, ['late']);
    const current = await testChunk(closed, ['current'], { hourMs: TEST_HOUR_MS + HOUR_MS });
    const other = await testChunk(open, ['other']);
    const request = appendOf([other, late, current, late], [key]);
    expect(await log.append(request)).toEqual({ kind: 'hour_closed', chunkIndexes: [1, 3] });
    expect((await log.head(open)).nextOffset).toBe(0);
    expect(await log.findIdempotency(key.workspaceId, key.call, key.key)).toBeNull();
    const rebuilt = { ...request, chunks: [other, current] };
    expect(await log.append(rebuilt)).toEqual({ kind: 'stored', offsets: [0, 0] });
    expect((await log.head(closed)).closedThroughMs).toBe(TEST_HOUR_MS + HOUR_MS);
  });

  test('an append stored before its hour closed is still answered with its placement afterwards', async () => {
    const { log, newStream, closeHours } = get();
    const stream = await newStream();
    const request = appendOf([await testChunk(stream, ['a'])]);
    await log.append(request);
    await closeHours(stream, TEST_HOUR_MS + HOUR_MS);
    expect(await log.append(request)).toEqual({ kind: 'stored', offsets: [0] });
  });
}

function readConformance(get: () => EventLogHarness): void {
  test('scan gives what there is from an offset on, up to the limit, and nothing at the head', async () => {
    const { log, newStream } = get();
    const stream = await newStream();
    await log.append(
      appendOf(await Promise.all(['a', 'b', 'c', 'd'].map((line) => testChunk(stream, [line])))),
    );
    const offsets = async (from: number, limit: number) =>
      (await log.scan(stream, from, limit)).map((meta) => meta.offset);
    expect(await offsets(1, 2)).toEqual([1, 2]);
    expect(await offsets(2, 100)).toEqual([2, 3]);
    expect(await offsets(4, 100)).toEqual([]);
    expect(await offsets(0, 0)).toEqual([]);
  });

  test('bodies of many megabytes come in order and whole', async () => {
    const { log, newStream } = get();
    const stream = await newStream();
    const template = await testChunk(stream, ['a']);
    const bodies = Array.from({ length: 90 }, () => randomBytes(200_000));
    const chunks = bodies.map((body) => ({
      ...template,
      body,
      bodyBytes: body.length,
      crcBody: crc32(body),
    }));
    for (let i = 0; i < chunks.length; i += 15) await log.append(appendOf(chunks.slice(i, i + 15)));
    const read = await collect(log.read(stream, 3, 88));
    expect(read.map(({ meta }) => meta.offset)).toEqual(Array.from({ length: 86 }, (_, i) => i + 3));
    expect(Buffer.concat(read.map(({ body }) => body)).equals(Buffer.concat(bodies.slice(3, 89)))).toBe(true);
  });

  test('a hole is an error that names the offset, never skipped', async () => {
    const { log, newStream, removeChunk } = get();
    const stream = await newStream();
    await log.append(appendOf(await Promise.all(['a', 'b', 'c'].map((line) => testChunk(stream, [line])))));
    await removeChunk(stream, 1);
    await expect(log.scan(stream, 0, 10)).rejects.toThrow(ChunkMissingError);
    await expect(log.scan(stream, 1, 1)).rejects.toThrow('no chunk 1');
    await expect(collect(log.read(stream, 0, 2))).rejects.toThrow(ChunkMissingError);
    expect((await log.scan(stream, 2, 10)).map((meta) => meta.offset)).toEqual([2]);
    await removeChunk(stream, 2);
    await expect(log.scan(stream, 2, 10)).rejects.toThrow(ChunkMissingError);
  });

  test('reading beyond the head is an error', async () => {
    const { log, newStream } = get();
    const stream = await newStream();
    await log.append(appendOf([await testChunk(stream, ['a'])]));
    await expect(collect(log.read(stream, 0, 1))).rejects.toThrow(ChunkMissingError);
  });

  test.each([
    ['another byte', (body: Buffer) => Buffer.concat([Buffer.of(body.readUInt8(0) ^ 1), body.subarray(1)])],
    ['a byte less', (body: Buffer) => body.subarray(1)],
  ])('a body with %s is never handed out', async (_, damage) => {
    const { log, newStream, replaceBody } = get();
    const stream = await newStream();
    const chunk = await testChunk(stream, ['a']);
    await log.append(appendOf([chunk]));
    await replaceBody(stream, 0, damage(chunk.body));
    await expect(collect(log.read(stream, 0, 0))).rejects.toThrow(ChunkCorruptError);
  });

  test('a stream that does not exist is NOT_FOUND', async () => {
    const { log } = get();
    await expect(log.head(987_654)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(log.scan(987_654, 0, 1)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
}
