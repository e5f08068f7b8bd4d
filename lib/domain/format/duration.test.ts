import { describe, expect, it } from 'vitest';
import { formatAge, formatDuration } from './duration';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('formatDuration', () => {
  it.each([
    [0, '0 s'],
    [20, '0.1 s'],
    [420, '0.4 s'],
    [949, '0.9 s'],
    [41 * SECOND, '41 s'],
    [59_700, '1 min'],
    [5 * MINUTE, '5 min'],
    [7 * MINUTE + 10 * SECOND, '7 min 10 s'],
    [2 * HOUR + 5 * MINUTE, '2 h 5 min'],
    [3 * DAY + 4 * HOUR + 30 * MINUTE, '3 d 4 h'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('shows no negative time when two clocks disagree', () => {
    expect(formatDuration(-300)).toBe('0 s');
  });
});

describe('formatAge', () => {
  it.each([
    [900, '0 s'],
    [41 * SECOND, '41 s'],
    [34 * MINUTE + 59 * SECOND, '34 min'],
    [23 * HOUR + 59 * MINUTE, '23 h'],
    [2 * DAY, '2 d'],
  ])('writes %d ms as %s, never rounding up', (ms, text) => {
    expect(formatAge(ms)).toBe(text);
  });
});
