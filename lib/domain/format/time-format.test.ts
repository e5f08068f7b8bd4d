import { expect, test } from 'vitest';
import { offsetName, timeFormat } from './time-format';

const winter = new Date('2026-11-22T23:30:07Z');
const summer = new Date('2026-07-01T10:00:00Z');

test('a zone shows its own day, time and offset, with daylight saving where it has it', () => {
  const berlin = timeFormat('Europe/Berlin');
  expect([berlin.minute(winter, winter), berlin.exact(winter)]).toEqual([
    '23 Nov 00:30 UTC+1',
    '23 Nov 2026 00:30:07 UTC+1',
  ]);
  expect(berlin.minute(summer, winter)).toBe('1 Jul 12:00 UTC+2');
  expect([berlin.clock(winter), berlin.hourMinute(winter), berlin.day(winter)]).toEqual([
    '00:30:07',
    '00:30',
    '23 Nov',
  ]);
});

test('a second is told without rounding it up', () => {
  const utc = timeFormat('UTC');
  const at = new Date('2026-11-22T14:32:07.912Z');
  expect([utc.clock(at), utc.exact(at)]).toEqual(['14:32:07', '22 Nov 2026 14:32:07 UTC']);
});

test('half hours, the far west and the turn of the year are right', () => {
  expect(timeFormat('Asia/Kolkata').minute(winter, winter)).toBe('23 Nov 05:00 UTC+5:30');
  expect(timeFormat('America/St_Johns').minute(winter, winter)).toBe('22 Nov 20:00 UTC-3:30');
  const newYear = new Date('2026-12-31T23:59:59Z');
  expect(timeFormat('Pacific/Kiritimati').minute(newYear, summer)).toBe('1 Jan 2027 13:59 UTC+14');
  expect(timeFormat('UTC').minute(newYear, summer)).toBe('31 Dec 23:59 UTC');
});

test('the repeated hour of autumn is told apart by its offset', () => {
  const berlin = timeFormat('Europe/Berlin');
  const hours = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].map((at) => new Date(at));
  expect(hours.map((at) => berlin.minute(at, summer))).toEqual(['25 Oct 02:30 UTC+2', '25 Oct 02:30 UTC+1']);
});

test('a zone that does not exist is refused', () => {
  expect(() => timeFormat('Middle/Earth')).toThrow(RangeError);
});

test.each([
  [0, 'UTC'],
  [60, 'UTC+1'],
  [-210, 'UTC-3:30'],
])('%i minutes are named %s', (minutes, name) => expect(offsetName(minutes)).toBe(name));
