import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { NewChunk } from '@/lib/domain/chunk/chunk';
import { HOUR_MS } from '@/lib/domain/time-units';
import type { AppendRequest, IdempotencyRow } from '@/lib/platform/event-log/event-log';
import { TEST_HOUR_MS, testChunk } from './chunk';
import type { EventLogHarness } from './event-log-harness';

function appendOf(chunks: readonly NewChunk[], idempotency: readonly IdempotencyRow[] = []): AppendRequest {
  return { appendId: randomUUID(), chunks, idempotency };
}

function keyOf({ workspaceId }: EventLogHarness): IdempotencyRow {
  const row = { workspaceId, call: 'events', key: randomUUID(), status: 201 };
  return { ...row, bodyHash: randomBytes(32), answer: Buffer.from('answer') };
}

/** What every adapter of `EventLog` guarantees about the counts that come with an append. */
export function acceptedConformance(get: () => EventLogHarness): void {
  const NEXT_HOUR_MS = TEST_HOUR_MS + HOUR_MS;

  test('is kept as its sender counted it, by stream and hour, also when hours come late', async () => {
    const { log, newStream, acceptedOf } = get();
    const [a, b] = [await newStream(), await newStream()];
    const chunks = [
      await testChunk(a, ['1', '2']),
      await testChunk(a, ['3'], { hourMs: NEXT_HOUR_MS }),
      await testChunk(b, ['4']),
      await testChunk(a, ['5']),
    ];
    const accepted = [
      { streamId: a, hourMs: NEXT_HOUR_MS, rows: 10 },
      { streamId: a, hourMs: TEST_HOUR_MS, rows: 4 },
      { streamId: b, hourMs: TEST_HOUR_MS, rows: 1 },
    ];
    await log.append({ ...appendOf(chunks), accepted });
    const late = [{ streamId: a, hourMs: TEST_HOUR_MS, rows: 3 }];
    await log.append({ ...appendOf([await testChunk(a, ['6'])]), accepted: late });
    expect(Object.fromEntries(await acceptedOf(a))).toEqual({ [TEST_HOUR_MS]: 7, [NEXT_HOUR_MS]: 10 });
    expect(Object.fromEntries(await acceptedOf(b))).toEqual({ [TEST_HOUR_MS]: 1 });
  });

  test('is taken from the chunks of a sender who did not count', async () => {
    const { log, newStream, acceptedOf } = get();
    const stream = await newStream();
    await log.append(appendOf([await testChunk(stream, ['1', '2']), await testChunk(stream, ['3'])]));
    expect(Object.fromEntries(await acceptedOf(stream))).toEqual({ [TEST_HOUR_MS]: 3 });
  });

  test('counts once, however often the append is repeated, and not at all when it is refused', async () => {
    const { log, newStream, acceptedOf, closeHours } = get();
    const stream = await newStream();
    const accepted = [{ streamId: stream, hourMs: TEST_HOUR_MS, rows: 1 }];
    const key = keyOf(get());
    const request = { ...appendOf([await testChunk(stream, ['a'])], [key]), accepted };
    for (let i = 0; i < 3; i += 1) await log.append(request);
    const sameKey = { ...appendOf([await testChunk(stream, ['b'])], [key]), accepted };
    expect((await log.append(sameKey)).kind).toBe('key_exists');
    await closeHours(stream, NEXT_HOUR_MS);
    const late = { ...appendOf([await testChunk(stream, ['c'])]), accepted };
    expect((await log.append(late)).kind).toBe('hour_closed');
    expect(Object.fromEntries(await acceptedOf(stream))).toEqual({ [TEST_HOUR_MS]: 1 });
  });

  test.each([
    ['without a count', []],
    ['of another hour than was counted', [NEXT_HOUR_MS]],
    ['with a count too many', [TEST_HOUR_MS, NEXT_HOUR_MS]],
    ['counted twice', [TEST_HOUR_MS, TEST_HOUR_MS]],
  ])('a chunk %s is refused', async (_, hours) => {
    const { log, newStream } = get();
    const stream = await newStream();
    const accepted = hours.map((hourMs) => ({ streamId: stream, hourMs, rows: 1 }));
    const request = { ...appendOf([await testChunk(stream, ['a'])]), accepted };
    await expect(log.append(request)).rejects.toMatchObject({ code: 'INTERNAL' });
    expect((await log.head(stream)).nextOffset).toBe(0);
  });
}
