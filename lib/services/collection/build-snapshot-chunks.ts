import type { NewChunk } from '@/lib/domain/chunk/chunk';
import type { SegmentLine } from '@/lib/domain/event/event-lines';
import { LineBuffer } from '@/lib/domain/event/line-buffer';
import { writeSegmentLine } from '@/lib/domain/event/segment-line';
import { deflateChunk } from '@/lib/platform/event-log/compress';

const HOUR_MS = 3_600_000;
const CHUNK_ROWS = 1_000;
const LINE_BYTES_EXPECTED = 300;
/** Snapshots are rare and read often, so they are packed tighter than events. */
const DEFLATE_LEVEL = 6;

/** The chunks of a snapshot of these segments; the last one is flagged as its end. */
export function buildSnapshotChunks(
  segments: readonly SegmentLine[],
  at: { streamId: number; nowMs: number },
): Promise<NewChunk[]> {
  const runs = Array.from({ length: Math.ceil(segments.length / CHUNK_ROWS) }, (_, index) =>
    segments.slice(index * CHUNK_ROWS, (index + 1) * CHUNK_ROWS),
  );
  return Promise.all(
    runs.map(async (run, index) => {
      const lines = new LineBuffer(run.length * LINE_BYTES_EXPECTED);
      for (const segment of run) writeSegmentLine(lines, segment);
      const { body, crcRaw, crcBody } = await deflateChunk(lines.bytes, DEFLATE_LEVEL);
      return {
        streamId: at.streamId,
        hourMs: Math.floor(at.nowMs / HOUR_MS) * HOUR_MS,
        rows: run.length,
        rawBytes: lines.byteLength,
        crcRaw,
        bodyBytes: body.length,
        crcBody,
        receivedMinMs: at.nowMs,
        receivedMaxMs: at.nowMs,
        receivedSumMs: BigInt(run.length) * BigInt(at.nowMs),
        snapshotEnd: index === runs.length - 1,
        body,
      };
    }),
  );
}
