import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backOffMs, type Pace } from './back-off';

const paces = fc.constantFrom<Pace>('quick', 'slow_down', 'confirm', 'probe');

test('doubles from step to step up to two minutes', () => {
  expect([0, 1, 2, 10, 1_000].map((failures) => backOffMs('probe', failures, 0))).toEqual([
    15_000, 30_000, 60_000, 120_000, 120_000,
  ]);
});

test('jitter takes at most a sixth off', () => {
  fc.assert(
    fc.property(paces, fc.nat(2_000), fc.double({ min: 0, max: 0.999, noNaN: true }), (pace, n, random) => {
      const longest = backOffMs(pace, n, 0);
      const waited = backOffMs(pace, n, random);
      expect(waited).toBeLessThanOrEqual(longest);
      expect(waited).toBeGreaterThanOrEqual((longest * 5) / 6 - 1);
    }),
  );
});
