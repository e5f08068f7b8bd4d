import { expect, test } from 'vitest';
import { timeFormat } from '@/lib/domain/format/time-format';
import type { ActivityView } from '@/lib/domain/routing/view';
import { byDay } from './by-day';

const change = { kind: 'audit', action: 'routing.update', detail: {} } as const;
const lines: ActivityView[] = [
  '2026-11-22T23:30:00Z',
  '2026-11-22T01:00:00Z',
  '2026-11-21T23:30:00Z',
  '2025-12-31T23:30:00Z',
].map((at) => ({ id: at, at, actor: 'Mia', change }));
const now = new Date('2026-11-23T08:00:00Z');

test('days are those of the zone that is shown, and name the year only where it is another one', () => {
  const daysIn = (zone: string) =>
    byDay(lines, timeFormat(zone), now).map(({ day, activity }) => [day, activity.length]);
  expect(daysIn('UTC')).toEqual([
    ['22 Nov', 2],
    ['21 Nov', 1],
    ['31 Dec 2025', 1],
  ]);
  expect(daysIn('Europe/Berlin')).toEqual([
    ['23 Nov', 1],
    ['22 Nov', 2],
    ['1 Jan', 1],
  ]);
});
