import { expect, test } from 'vitest';
import { isTimeZone, setTimeZoneSchema, timeZones } from './time-zone';

test.each([
  ['UTC', true],
  ['Europe/Berlin', true],
  ['Asia/Calcutta', true],
  ['', false],
  ['+01:00', false],
  ['Middle/Earth', false],
])('%s is a zone: %s', (zone, is) => expect(isTimeZone(zone)).toBe(is));

test('every zone of the list can be chosen, UTC comes first and once', () => {
  const zones = timeZones();
  expect(zones.length).toBeGreaterThan(300);
  expect([zones[0], zones.filter((zone) => zone === 'UTC').length]).toEqual(['UTC', 1]);
  expect(zones).toContain('Asia/Kolkata');
  expect(zones).not.toContain('Asia/Calcutta');
  expect(zones.filter((timeZone) => !setTimeZoneSchema.safeParse({ timeZone }).success)).toEqual([]);
});
