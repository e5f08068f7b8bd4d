import { describe, expect, it } from 'vitest';
import { formatBytes } from './bytes';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [812, '812 B'],
    [999, '999 B'],
    [1_000, '1 kB'],
    [2_100_000, '2.1 MB'],
    [9_960_000, '10 MB'],
    [15_300_000, '15 MB'],
    [310_000_000, '310 MB'],
    [4_100_000_000, '4.1 GB'],
  ])('writes %d as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it('never writes a thousand of one unit where the next one begins', () => {
    expect(formatBytes(999_999)).toBe('1 MB');
    expect(formatBytes(999_600_000)).toBe('1 GB');
  });

  it('stays in the largest unit beyond its scale', () => {
    expect(formatBytes(2e18)).toBe('2000 PB');
  });
});
