import { describe, expect, test } from 'vitest';
import type { ChunkMeta } from '@/lib/domain/chunk/chunk';
import { ChunkCorruptError, type EventLog } from '@/lib/platform/event-log/event-log';
import { STREAMED_GZIP } from '@/lib/platform/event-log/recompress';
import { testChunk } from '@/lib/testing/chunk';
import { MemoryEventLog } from '@/lib/testing/memory-event-log';
import type { DeliveryDeps } from './delivery-deps';
import { findCorrupt } from './find-corrupt';
import { tryUnreadableAgain } from './give-up-unsent';
import type { FileInHand } from './in-hand';

const CHUNKS = 6;

async function logWithChunks(lines: readonly string[] = ['{"name":"A"}', '{"name":"B"}']) {
  const log = new MemoryEventLog();
  const streamId = log.createStream();
  const chunks = await Promise.all(Array.from({ length: CHUNKS }, () => testChunk(streamId, lines)));
  await log.append({ appendId: 'a', chunks, idempotency: [] });
  return { log, streamId, metas: await log.scan(streamId, 0, CHUNKS) };
}

const offsetsOf = (chunks: readonly ChunkMeta[]) => chunks.map(({ offset }) => offset);
const find = (log: EventLog, chunks: readonly ChunkMeta[], names: readonly string[] = []) =>
  findCorrupt({ log, gzip: STREAMED_GZIP }, chunks, names);

describe('findCorrupt', () => {
  test('finds every chunk that is damaged, first, last and side by side, and blames no other', async () => {
    const { log, streamId, metas } = await logWithChunks();
    expect(await find(log, metas)).toEqual([]);
    for (const offset of [0, 2, 3, 5]) log.replaceBody(streamId, offset, Buffer.from('other'));
    expect(offsetsOf(await find(log, metas))).toEqual([0, 2, 3, 5]);
  });

  test('looks at the named chunks alone, however they lie', async () => {
    const { log, streamId, metas } = await logWithChunks();
    log.replaceBody(streamId, 1, Buffer.from('other'));
    log.replaceBody(streamId, 4, Buffer.from('other'));
    const named = metas.filter(({ offset }) => offset !== 1);
    expect(offsetsOf(await find(log, named))).toEqual([4]);
  });

  test('a log that refuses a whole page for one chunk of it makes no other look bad', async () => {
    const { log, streamId, metas } = await logWithChunks();
    const strict: Pick<EventLog, 'read'> = {
      async *read(stream, lo, hi) {
        if (lo <= 3 && hi >= 3) throw new ChunkCorruptError('The page is no good');
        yield* log.read(stream, lo, hi);
      },
    };
    expect(offsetsOf(await find({ ...log, ...strict } as EventLog, metas))).toEqual([3]);
    expect(streamId).toBe(metas[0]?.streamId);
  });

  test('rows that are not those of its metadata make a chunk bad, and for a filter a line that is not JSON', async () => {
    const { log, metas } = await logWithChunks(['{"name":"A"}', 'no JSON']);
    expect(await find(log, metas)).toEqual([]);
    expect(offsetsOf(await find(log, metas, ['A']))).toEqual(offsetsOf(metas));
    const wrong = metas.map((meta) => ({ ...meta, rows: meta.rows + 1 }));
    const lying: Pick<EventLog, 'read'> = {
      async *read(stream, lo, hi) {
        for await (const { meta, body } of log.read(stream, lo, hi)) {
          yield { meta: { ...meta, rows: meta.rows + 1 }, body };
        }
      },
    };
    expect(offsetsOf(await find({ ...log, ...lying } as EventLog, wrong))).toEqual(offsetsOf(metas));
  });
});

describe('a file that cannot be read although each of its chunks can', () => {
  test.each([
    [0, null],
    [3, null],
    [4, 'chunk_corrupt'],
  ])('after %i failures in a row its lane is held because of %s', async (failuresBefore, heldCause) => {
    const failures: unknown[] = [];
    const ledger = {
      failFile: async (failure: unknown) => void failures.push(failure),
      recordHealth: async () => undefined,
    };
    const deps = { ledger, random: () => 0, workerId: 'w' } as unknown as DeliveryDeps;
    const file = { routingId: 'r' };
    const inHand = { file, failuresBefore, mark: null } as unknown as FileInHand;
    expect(await tryUnreadableAgain(deps, inHand)).toBe(false);
    expect(failures).toMatchObject([{ heldCause, isConflict: false }]);
  });
});
