import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineBuffer } from '@/lib/domain/event/line-buffer';
import { countAccepted, requireAll } from './count-accepted';
import { gatherChunks } from './gather-chunks';
import { CHUNK_RAW_BYTES } from './limits';
import { Unit } from './unit';

const HOUR_MS = 3_600_000;
const inflate = (body: Buffer) => inflateRawSync(Buffer.concat([body, Buffer.from([3, 0])])).toString();

interface Given {
  readonly streamId: number;
  readonly timeMs: number;
  readonly lines: readonly string[];
}

function unitOf({ streamId, timeMs, lines }: Given): Unit {
  const buffer = new LineBuffer(0);
  for (const line of lines) {
    buffer.utf8(line);
    buffer.endLine();
  }
  return new Unit({
    workspaceId: 'w',
    lines: [{ streamId, lines: buffer, timeOffset: 0 }],
    receivedAtMs: timeMs,
    keyRow: null,
  });
}

describe('gathered chunks', { timeout: 60_000 }, () => {
  const line = fc.integer({ min: 0, max: 120_000 }).map((length) => `${length}${'x'.repeat(length)}`);
  const given = fc.record({
    streamId: fc.constantFrom(1, 2),
    timeMs: fc.constantFrom(HOUR_MS - 1, HOUR_MS, HOUR_MS + 5),
    lines: fc.array(line, { minLength: 1, maxLength: 8 }),
  });

  test('hold every line once, in order, under its stream and hour, and tell the truth about their times', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(given, { minLength: 1, maxLength: 6 }), async (units) => {
        const chunks = await gatherChunks(units.map(unitOf), 1);
        const accepted = countAccepted(units.map(unitOf));
        requireAll(accepted, chunks);
        expect(() => requireAll(accepted, chunks.slice(1))).toThrow('lines were accepted');
        for (const streamId of [1, 2])
          for (const hourMs of [0, HOUR_MS]) {
            const here = units.filter(
              (unit) => unit.streamId === streamId && Math.floor(unit.timeMs / HOUR_MS) * HOUR_MS === hourMs,
            );
            const own = chunks.filter((chunk) => chunk.streamId === streamId && chunk.hourMs === hourMs);
            const lines = here.flatMap((unit) => unit.lines);
            expect(own.map((chunk) => inflate(chunk.body)).join('')).toBe(
              lines.map((text) => `${text}\n`).join(''),
            );
            expect(own.reduce((sum, chunk) => sum + chunk.rows, 0)).toBe(lines.length);
            const count = accepted.find((of) => of.streamId === streamId && of.hourMs === hourMs);
            expect(count?.rows ?? 0).toBe(lines.length);
            const timesSum = here.reduce((sum, unit) => sum + unit.lines.length * unit.timeMs, 0);
            expect(own.reduce((sum, chunk) => sum + chunk.receivedSumMs, 0n)).toBe(BigInt(timesSum));
            for (const chunk of own) {
              expect(chunk.rawBytes).toBe(inflate(chunk.body).length);
              expect(chunk.receivedMinMs).toBeGreaterThanOrEqual(hourMs);
              expect(chunk.receivedMaxMs).toBeLessThan(hourMs + HOUR_MS);
            }
            for (const chunk of own.slice(0, -1))
              expect(chunk.rawBytes).toBeGreaterThanOrEqual(CHUNK_RAW_BYTES);
          }
      }),
      { numRuns: 40 },
    );
  });

  test('close at the first line that reaches 256 KiB', async () => {
    const lines = Array.from({ length: 5_000 }, (_, n) => `${n} ${'y'.repeat(120)}`);
    const chunks = await gatherChunks([unitOf({ streamId: 1, timeMs: 0, lines })], 1);
    for (const chunk of chunks.slice(0, -1)) expect(chunk.rawBytes - CHUNK_RAW_BYTES).toBeLessThan(200);
    expect(chunks.length).toBeGreaterThan(2);
  });
});
