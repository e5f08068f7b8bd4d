import fc from 'fast-check';
import { expect, test } from 'vitest';
import { selectLines } from './select-lines';

const RECEIVED_MS = Date.parse('2026-01-15T14:00:00.500Z');

function eventLine(row: number, name: string): string {
  const time = new Date(RECEIVED_MS + row).toISOString();
  const eventId = `00000000-0000-4000-8000-${String(row).padStart(12, '0')}`;
  return `{"event_id":"${eventId}","time":"${time}","name":"${name}","workspace_id":"w","properties":{"name":"Other"}}\n`;
}

test('exactly the lines of the names are kept, byte for byte and in order, with their own times', () => {
  const rows = fc.array(fc.constantFrom('Pageview', 'SlotClicked', 'Page', 'Pageviews'), { maxLength: 60 });
  fc.assert(
    fc.property(rows, fc.subarray(['Pageview', 'Page', 'Missing']), (names, wanted) => {
      const kept = names.map((name, row) => ({ name, row })).filter(({ name }) => wanted.includes(name));
      const raw = Buffer.from(names.map((name, row) => eventLine(row, name)).join(''));
      const selected = selectLines(raw, new Set(wanted), 0);
      if (kept.length === 0) {
        expect(selected).toBeNull();
        return;
      }
      const times = kept.map(({ row }) => RECEIVED_MS + row);
      expect(selected?.lines.toString()).toBe(kept.map(({ name, row }) => eventLine(row, name)).join(''));
      expect(selected).toMatchObject({
        rows: kept.length,
        receivedMinMs: Math.min(...times),
        receivedMaxMs: Math.max(...times),
        receivedSumMs: times.reduce((sum, ms) => sum + BigInt(ms), 0n),
      });
    }),
    { numRuns: 300 },
  );
});

test('a line without a time counts as received when its chunk was', () => {
  const selected = selectLines(Buffer.from('{"name":"A"}\n{"name":"B"}\n'), new Set(['B']), RECEIVED_MS);
  expect(selected).toMatchObject({ rows: 1, receivedMinMs: RECEIVED_MS, receivedSumMs: BigInt(RECEIVED_MS) });
});

test('a line that is no JSON is refused, never passed over', () => {
  expect(() => selectLines(Buffer.from('{"name":"A"}\nbroken\n'), new Set(['A']), 0)).toThrow(SyntaxError);
});
