import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { latencyRangeSchema, RANGE_SHAPE } from './range';
import { chooseWindow } from './window';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const NOW = Date.parse('2026-01-15T14:23:45.678Z');

describe('a range that ends now', () => {
  test.each(latencyRangeSchema.options)('%s ends with the point that is under way', (range) => {
    const { spanMs, stepMs } = RANGE_SHAPE[range];
    const window = chooseWindow({ range }, NOW);
    expect(window.stepMs).toBe(stepMs);
    expect(window.fromMs % stepMs).toBe(0);
    expect(window.toMs).toBe(NOW);
    expect(Math.ceil((window.toMs - window.fromMs) / stepMs)).toBe(spanMs / stepMs);
  });

  test.each([
    ['24h', 'minute'],
    ['7d', 'hour'],
    ['30d', 'hour'],
    ['90d', 'day'],
  ] as const)('%s is read from roll-ups by the %s', (range, grain) => {
    expect(chooseWindow({ range }, NOW).grain).toBe(grain);
  });

  test('nothing said means a day', () => {
    expect(chooseWindow({}, NOW)).toEqual(chooseWindow({ range: '24h' }, NOW));
  });
});

describe('from … to', () => {
  test('never has more than 360 points, begins at or before “from”, and ends with what is past', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 * DAY_MS }),
        fc.integer({ min: 1, max: 400 * DAY_MS }),
        (ago, span) => {
          const from = NOW - ago;
          const window = chooseWindow({ from, to: from + span }, NOW);
          const points = Math.ceil((window.toMs - window.fromMs) / window.stepMs);
          expect(points).toBeGreaterThanOrEqual(1);
          expect(points).toBeLessThanOrEqual(360);
          expect(window.fromMs).toBeLessThanOrEqual(from);
          expect(window.fromMs % window.stepMs).toBe(0);
          expect(window.toMs).toBe(Math.min(from + span, NOW));
        },
      ),
    );
  });

  test.each([
    ['two hours today by minutes', HOUR_MS, 2 * HOUR_MS, MINUTE_MS, 'minute'],
    ['two hours of last month by hours: its minutes are gone', 30 * DAY_MS, 2 * HOUR_MS, HOUR_MS, 'hour'],
    ['a week of last summer by days: its hours are gone', 200 * DAY_MS, 7 * DAY_MS, DAY_MS, 'day'],
  ] as const)('%s', (_, ago, span, stepMs, grain) => {
    const from = NOW - ago;
    expect(chooseWindow({ from, to: from + span }, NOW)).toMatchObject({ stepMs, grain });
  });
});
