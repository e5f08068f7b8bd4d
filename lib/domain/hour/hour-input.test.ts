import { expect, test } from 'vitest';
import { hourSchema, listHoursSchema, shortHour } from './hour-input';

test.each([
  '2026-11-22T11',
  '2026-11-22T11:00Z',
  '2026-11-22T11:00:00Z',
  '2026-11-22T11:00:00.000Z',
  '2026-11-22T11:00:00+00:00',
])('%s is an hour', (text) => {
  expect(hourSchema.parse(text)).toBe('2026-11-22T11:00:00.000Z');
  expect(shortHour(new Date(hourSchema.parse(text)))).toBe('2026-11-22T11');
});

test.each([
  '',
  '2026-11-22',
  '2026-11-22T11:30:00Z',
  '2026-02-30T11',
  '2026-11-22T24',
  '2026-11-22T11:00:00+01:00',
  5,
])('%s is not the start of a UTC hour', (text) => {
  expect(hourSchema.safeParse(text).error?.issues[0]?.message).toContain('like 2026-11-22T11');
});

test('a range is at most 31 days and ends after it begins', () => {
  const input = { routingId: '00000000-0000-4000-8000-000000000000', type: 'events', from: '2026-10-01T00' };
  expect(listHoursSchema.safeParse({ ...input, to: '2026-11-01T00' }).success).toBe(true);
  expect(listHoursSchema.safeParse({ ...input, to: '2026-11-01T01' }).success).toBe(false);
  expect(listHoursSchema.safeParse({ ...input, to: '2026-10-01T00' }).success).toBe(false);
});
