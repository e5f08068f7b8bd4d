import { describe, expect, test } from 'vitest';
import { estimateBytesAMonth, estimateFiles } from './estimate-files';

describe('the estimate of files', () => {
  test.each([
    [60_000, ['events'], 1_440, 216_000],
    [15_000, ['events'], 5_760, 864_000],
    [300_000, ['events', 'sync_aliases'], 576, 86_400],
    [60_000, ['events', 'sync_aliases', 'segment'], 2_881, 432_150],
    [7_000, ['events'], 12_343, 1_851_450],
    [60_000, [], 0, 0],
  ] as const)('every %d ms of %j: at most %d files a day', (flushIntervalMs, types, files, microUsd) => {
    expect(estimateFiles(flushIntervalMs, types)).toEqual({
      filesADayMax: files,
      putMicroUsdAMonthMax: microUsd,
    });
  });

  test('is none where there is no interval', () => {
    expect([Number.NaN, 0, -1].map((ms) => estimateFiles(ms, ['events']))).toEqual([null, null, null]);
  });
});

test('bytes are estimated only of what was measured', () => {
  expect(estimateBytesAMonth({}, ['events'])).toBeNull();
  expect(estimateBytesAMonth({ events: 10, segment: 1_000 }, ['events', 'sync_aliases'])).toBe(300);
});
