import { crc32 } from 'node:zlib';
import type { KeptLines } from '@/lib/domain/delivery/filter-plan';
import { type LineDeps, type LineSource, selectedLinesOf } from './chunks-of-file';

/** What a file of these lines holds: rows, length, CRC-32, times; null when there is no line. Throws as `read` does. */
export async function measureLines(deps: LineDeps, source: LineSource): Promise<KeptLines | null> {
  // The CRC of each part is that of all lines up to its end.
  const parts: KeptLines[] = [];
  for await (const { lines, ...times } of selectedLinesOf(deps, source)) {
    const crcRaw = crc32(lines, parts.at(-1)?.crcRaw ?? 0);
    parts.push({ ...times, rawBytes: lines.length, crcRaw });
  }
  return parts.length === 0 ? null : parts.reduce(join);
}

function join(one: KeptLines, next: KeptLines): KeptLines {
  return {
    rows: one.rows + next.rows,
    rawBytes: one.rawBytes + next.rawBytes,
    crcRaw: next.crcRaw,
    receivedMinMs: Math.min(one.receivedMinMs, next.receivedMinMs),
    receivedMaxMs: Math.max(one.receivedMaxMs, next.receivedMaxMs),
    receivedSumMs: one.receivedSumMs + next.receivedSumMs,
  };
}
