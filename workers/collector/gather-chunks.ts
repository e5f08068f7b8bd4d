import type { NewChunk } from '@/lib/domain/chunk/chunk';
import { type DeflatedChunk, deflateChunk } from '@/lib/platform/event-log/compress';
import { CHUNK_RAW_BYTES } from './limits';
import type { Unit, UnitLines } from './unit';

const HOUR_MS = 3_600_000;

/** A run of whole lines with one receipt time. */
interface Piece {
  readonly bytes: Buffer;
  readonly rows: number;
  readonly timeMs: number;
}

interface RawChunk {
  readonly streamId: number;
  readonly hourMs: number;
  readonly pieces: Piece[];
  rawBytes: number;
}

/** Sorts the units' lines by stream and hour and compresses them as chunks of about 256 KiB. */
export function gatherChunks(
  units: readonly Unit[],
  deflateLevel: number,
  deflate = deflateChunk,
): Promise<NewChunk[]> {
  return Promise.all(
    cutChunks(units).map(async (chunk) => {
      const raw = rawOf(chunk);
      return toNewChunk(chunk, raw, await deflate(raw, deflateLevel));
    }),
  );
}

function cutChunks(units: readonly Unit[]): RawChunk[] {
  const chunks: RawChunk[] = [];
  const open = new Map<string, RawChunk>();
  for (const unit of units) {
    const hourMs = Math.floor(unit.timeMs / HOUR_MS) * HOUR_MS;
    for (const lines of unit.lines) {
      const name = `${lines.streamId}/${hourMs}`;
      for (let row = 0; row < lines.lines.rows; ) {
        let chunk = open.get(name);
        if (chunk === undefined || chunk.rawBytes >= CHUNK_RAW_BYTES) {
          chunk = { streamId: lines.streamId, hourMs, pieces: [], rawBytes: 0 };
          open.set(name, chunk);
          chunks.push(chunk);
        }
        row = addLines(chunk, { from: lines, firstRow: row, timeMs: unit.timeMs });
      }
    }
  }
  return chunks;
}

/** Adds lines until the chunk is full; returns the first row that is left. */
function addLines(chunk: RawChunk, given: { from: UnitLines; firstRow: number; timeMs: number }): number {
  const { lines } = given.from;
  const start = endOfRow(lines.ends, given.firstRow - 1);
  const room = CHUNK_RAW_BYTES - chunk.rawBytes;
  const lastRow =
    lines.byteLength - start <= room ? lines.rows - 1 : firstEndAtLeast(lines.ends, start + room);
  const end = endOfRow(lines.ends, lastRow);
  chunk.pieces.push({
    bytes: lines.bytes.subarray(start, end),
    rows: lastRow - given.firstRow + 1,
    timeMs: given.timeMs,
  });
  chunk.rawBytes += end - start;
  return lastRow + 1;
}

function endOfRow(ends: readonly number[], row: number): number {
  return row < 0 ? 0 : (ends[row] ?? 0);
}

/** The first row that ends at `position` or behind it, or the last row. */
function firstEndAtLeast(ends: readonly number[], position: number): number {
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ends[middle] ?? 0) >= position) high = middle;
    else low = middle + 1;
  }
  return low;
}

function rawOf({ pieces, rawBytes }: RawChunk): Buffer {
  const [first] = pieces;
  if (pieces.length === 1 && first !== undefined) return first.bytes;
  return Buffer.concat(
    pieces.map((piece) => piece.bytes),
    rawBytes,
  );
}

function toNewChunk(chunk: RawChunk, raw: Buffer, { body, crcRaw, crcBody }: DeflatedChunk): NewChunk {
  const times = chunk.pieces.map((piece) => piece.timeMs);
  return {
    streamId: chunk.streamId,
    hourMs: chunk.hourMs,
    rows: chunk.pieces.reduce((sum, piece) => sum + piece.rows, 0),
    rawBytes: raw.length,
    crcRaw,
    bodyBytes: body.length,
    crcBody,
    receivedMinMs: times.reduce((least, ms) => Math.min(least, ms)),
    receivedMaxMs: times.reduce((most, ms) => Math.max(most, ms)),
    receivedSumMs: chunk.pieces.reduce((sum, piece) => sum + BigInt(piece.rows) * BigInt(piece.timeMs), 0n),
    snapshotEnd: false,
    body,
  };
}
