import { describe, expect, it } from 'vitest';
import { timeFormat } from '@/lib/domain/format/time-format';
import { timeTicks } from './time-ticks';
import { countTicks, durationTicks } from './value-ticks';

const utc = timeFormat('UTC');
const ms = (text: string) => Date.parse(text);
const texts = (from: string, to: string, max: number, time = utc) =>
  timeTicks({ fromMs: ms(from), toMs: ms(to) }, max, time).map(({ text }) => text);

describe('timeTicks', () => {
  it('stands on round moments and names the day at midnight', () => {
    expect(texts('2026-11-21T14:35:00Z', '2026-11-22T14:35:00Z', 9)).toEqual([
      '15:00',
      '18:00',
      '21:00',
      '22 Nov',
      '03:00',
      '06:00',
      '09:00',
      '12:00',
    ]);
  });

  it('has no more ticks than there is room for', () => {
    for (const max of [1, 2, 3, 4, 5, 8, 13]) {
      expect(texts('2026-11-21T14:35:00Z', '2026-11-22T14:35:00Z', max).length).toBeLessThanOrEqual(max);
      expect(texts('2026-08-24T00:00:00Z', '2026-11-22T00:00:00Z', max).length).toBeLessThanOrEqual(max);
    }
  });

  it('names days over months in UTC, where their figures begin', () => {
    const newYork = timeFormat('America/New_York');
    expect(texts('2026-08-25T00:00:00Z', '2026-11-23T00:00:00Z', 4, newYork)).toEqual(
      texts('2026-08-25T00:00:00Z', '2026-11-23T00:00:00Z', 4),
    );
  });
});

describe('durationTicks', () => {
  it.each([
    [330_000, [0, 120, 240, 360]],
    [66_000, [0, 15, 30, 45, 60, 75]],
    [4_000, [0, 1, 2, 3, 4]],
    [86_400_000, [0, 21_600, 43_200, 64_800, 86_400]],
  ])('covers %d ms in steps that people count in', (maxMs, seconds) => {
    expect(durationTicks(maxMs).map((tick) => tick / 1_000)).toEqual(seconds);
  });

  it('always covers the greatest value, with at most six ticks', () => {
    for (let maxMs = 50; maxMs < 40 * 86_400_000; maxMs *= 1.7) {
      const ticks = durationTicks(maxMs);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(maxMs);
      expect(ticks.length).toBeLessThanOrEqual(6);
    }
  });
});

describe('countTicks', () => {
  it.each([
    [1, [0, 1]],
    [7, [0, 2, 4, 6, 8]],
    [43_000, [0, 10_000, 20_000, 30_000, 40_000, 50_000]],
  ])('covers %d in whole round steps', (max, ticks) => {
    expect(countTicks(max)).toEqual(ticks);
  });

  it('uses fewer steps where there is little room, and still covers the greatest', () => {
    for (let max = 1; max < 1e9; max *= 3.3) {
      const ticks = countTicks(max, 2);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(max);
      expect(ticks.length).toBeLessThanOrEqual(3);
    }
  });
});
