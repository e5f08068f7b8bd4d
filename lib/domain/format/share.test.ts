import { describe, expect, it } from 'vitest';
import { formatRoughShare, formatShare } from './share';

describe('formatShare', () => {
  it.each([
    [9_998, 10_000, '99.98 %'],
    [976, 1_000, '97.6 %'],
    [0, 7, '0.0 %'],
    [7, 7, '100 %'],
    [99, 100, '99.00 %'],
  ])('writes %d of %d as %s', (part, whole, text) => {
    expect(formatShare(part, whole)).toBe(text);
  });

  it('says 100 % only when not a single one is missing', () => {
    expect(formatShare(12_408_112, 12_408_113)).toBe('99.99 %');
  });

  it('says nothing about nothing', () => {
    expect(formatShare(0, 0)).toBeNull();
  });
});

describe('formatRoughShare', () => {
  it.each([
    [84, 100, '84 %'],
    [1, 1_000, 'under 1 %'],
    [0, 10, '0 %'],
    [999, 1_000, '99 %'],
    [5, 5, '100 %'],
    [5, 0, '0 %'],
  ])('writes %d of %d as %s', (part, whole, text) => {
    expect(formatRoughShare(part, whole)).toBe(text);
  });
});
