import { describe, expect, it } from 'vitest';
import { formatUtcClock, formatUtcExact, formatUtcMinute } from './utc';

const at = new Date('2026-11-22T14:32:07.912Z');

describe('UTC formats', () => {
  it('writes the time of day to the second without rounding it up', () => {
    expect(formatUtcClock(at)).toBe('14:32:07');
  });

  it('writes a moment of this year without the year and of another year with it', () => {
    expect(formatUtcMinute(at, new Date('2026-12-01T00:00:00Z'))).toBe('22 Nov 14:32 UTC');
    expect(formatUtcMinute(at, new Date('2027-01-01T00:00:00Z'))).toBe('22 Nov 2026 14:32 UTC');
  });

  it('writes a moment in full', () => {
    expect(formatUtcExact(at)).toBe('22 Nov 2026 14:32:07 UTC');
  });
});
