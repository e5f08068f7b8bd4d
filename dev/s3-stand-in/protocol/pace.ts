import { setTimeout as sleep } from 'node:timers/promises';

const SLICES_PER_SECOND = 20;

/** Passes bytes on at a rate, in slices of a twentieth of a second; `closed` ends the waiting. */
export async function* pace(
  source: AsyncIterable<Buffer>,
  bytesPerSecond: number,
  closed: AbortSignal,
): AsyncGenerator<Buffer> {
  const sliceBytes = Math.max(1, Math.floor(bytesPerSecond / SLICES_PER_SECOND));
  for await (const part of source) {
    for (let start = 0; start < part.length; start += sliceBytes) {
      const slice = part.subarray(start, start + sliceBytes);
      await sleep((slice.length / bytesPerSecond) * 1_000, undefined, { signal: closed });
      yield slice;
    }
  }
}
