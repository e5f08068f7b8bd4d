import type { NewChunk } from '@/lib/domain/chunk/chunk';
import { deflateChunk } from '@/lib/platform/event-log/compress';

/** 2026-01-15T14:00:00Z. */
export const TEST_HOUR_MS = 1_768_485_600_000;

/** A chunk of these lines, received one ms after the other from the start of the hour. */
export async function testChunk(
  streamId: number,
  lines: readonly string[],
  extra: { readonly hourMs?: number; readonly snapshotEnd?: boolean } = {},
): Promise<NewChunk> {
  const raw = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  const hourMs = extra.hourMs ?? TEST_HOUR_MS;
  const { body, crcRaw, crcBody } = await deflateChunk(raw, 1);
  return {
    streamId,
    hourMs,
    rows: lines.length,
    rawBytes: raw.length,
    crcRaw,
    bodyBytes: body.length,
    crcBody,
    receivedMinMs: hourMs,
    receivedMaxMs: hourMs + lines.length - 1,
    receivedSumMs: lines.reduce((sum, _, i) => sum + BigInt(hourMs + i), 0n),
    snapshotEnd: extra.snapshotEnd ?? false,
    body,
  };
}
