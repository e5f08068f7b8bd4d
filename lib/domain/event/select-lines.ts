import { readEventName, readEventTimeMs } from './read-event-line';

/** The lines of a chunk that a filter lets through, one after the other, with what is known of them. */
export interface SelectedLines {
  readonly lines: Buffer;
  readonly rows: number;
  readonly receivedMinMs: number;
  readonly receivedMaxMs: number;
  readonly receivedSumMs: bigint;
}

const LINE_FEED = 0x0a;

/**
 * Keeps the event lines of these names, byte for byte and in order; null when there are none. Moves the kept lines
 * together in `lines` itself, which the caller must own. A line without a time counts as received at `receivedMs`.
 * Throws SyntaxError for a line that is not JSON.
 */
export function selectLines(
  lines: Buffer,
  names: ReadonlySet<string>,
  receivedMs: number,
): SelectedLines | null {
  let kept = 0;
  let rows = 0;
  let minMs = Number.POSITIVE_INFINITY;
  let maxMs = Number.NEGATIVE_INFINITY;
  let sumMs = 0n;
  for (let start = 0; start < lines.length; ) {
    const end = endOfLine(lines, start);
    const name = readEventName(lines, { start, end: end - 1 });
    if (name !== null && names.has(name)) {
      const timeMs = readEventTimeMs(lines, { start, end: end - 1 }) ?? receivedMs;
      minMs = Math.min(minMs, timeMs);
      maxMs = Math.max(maxMs, timeMs);
      sumMs += BigInt(timeMs);
      rows += 1;
      if (kept < start) lines.copyWithin(kept, start, end);
      kept += end - start;
    }
    start = end;
  }
  if (rows === 0) return null;
  return {
    lines: lines.subarray(0, kept),
    rows,
    receivedMinMs: minMs,
    receivedMaxMs: maxMs,
    receivedSumMs: sumMs,
  };
}

function endOfLine(lines: Buffer, start: number): number {
  const at = lines.indexOf(LINE_FEED, start);
  return at < 0 ? lines.length : at + 1;
}
