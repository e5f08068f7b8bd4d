import { describe, expect, it } from 'vitest';
import { formatCount, formatCountOf } from './count';

describe('formatCount', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [12_408_113, '12,408,113'],
  ])('writes %d as %s', (count, text) => {
    expect(formatCount(count)).toBe(text);
  });
});

describe('formatCountOf', () => {
  it('puts the noun in the singular for exactly one', () => {
    expect(formatCountOf(1, 'event')).toBe('1 event');
    expect(formatCountOf(0, 'event')).toBe('0 events');
    expect(formatCountOf(18_204, 'event')).toBe('18,204 events');
  });

  it('takes an irregular plural', () => {
    expect(formatCountOf(2, 'try', 'tries')).toBe('2 tries');
  });
});
