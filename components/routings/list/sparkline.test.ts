import { describe, expect, it } from 'vitest';
import { sparklinePath } from './sparkline-path';
import { sparklineSentence } from './sparkline-sentence';

const box = { width: 90, height: 20, promiseMs: 300_000 };
const hours = (...values: (number | null)[]) => [
  ...new Array<null>(24 - values.length).fill(null),
  ...values,
];

describe('sparklinePath', () => {
  it('draws one line through hours without a gap, oldest at the left edge and newest at the right', () => {
    const { lines, dots } = sparklinePath(new Array(24).fill(60_000), box);
    expect([lines.length, dots.length]).toEqual([1, 0]);
    const points = lines[0]!.split(' ');
    expect(points).toHaveLength(24);
    expect([points[0], points.at(-1)]).toEqual(['1.5,15.1', '88.5,15.1']);
  });

  it('breaks where an hour is missing, and shows an hour between two gaps as a dot', () => {
    const { lines, dots } = sparklinePath(hours(1, 1, null, 1, null, 1, 1, 1), box);
    expect(lines.map((line) => line.split(' ').length)).toEqual([2, 3]);
    expect(dots).toHaveLength(1);
  });

  it('draws nothing where nothing was measured', () => {
    expect(sparklinePath(hours(), box)).toMatchObject({ lines: [], dots: [], promiseY: 1.5 });
  });

  it('keeps every point in the box, and lets the promise sink when the latency is over it', () => {
    const { lines, promiseY } = sparklinePath(hours(0, 300_000, 3_000_000), box);
    const ys = lines[0]!.split(' ').map((point) => Number(point.split(',')[1]));
    expect([Math.min(...ys), Math.max(...ys)]).toEqual([1.5, 18.5]);
    expect(promiseY).toBeGreaterThan(15);
  });
});

describe('sparklineSentence', () => {
  it('says the range, the newest hour, the gaps and the promise', () => {
    expect(sparklineSentence(hours(41_000, 132_000, 52_000), 300_000)).toBe(
      'p95 by hour: 41 s to 2 min 12 s, 52 s this hour, 21 hours without deliveries, promise 5 min',
    );
    expect(sparklineSentence(new Array(24).fill(41_000), 60_000)).toBe(
      'p95 by hour: 41 s, 41 s this hour, promise 1 min',
    );
  });

  it('says when there was nothing at all, or nothing lately', () => {
    expect(sparklineSentence(hours(), 60_000)).toBe('Nothing was delivered in 24 hours, promise 1 min');
    expect(sparklineSentence(hours(1_000, null), 60_000)).toContain('nothing this hour');
  });
});
