import { expect, test } from 'vitest';
import { formatUtcMinute } from './utc';

test('a moment of this year is written without the year and of another year with it', () => {
  const at = new Date('2026-11-22T14:32:07.912Z');
  expect(formatUtcMinute(at, new Date('2026-12-01T00:00:00Z'))).toBe('22 Nov 14:32 UTC');
  expect(formatUtcMinute(at, new Date('2027-01-01T00:00:00Z'))).toBe('22 Nov 2026 14:32 UTC');
});
