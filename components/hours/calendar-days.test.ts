import { expect, test } from 'vitest';
import type { HourView } from '@/lib/domain/hour/view';
import { calendarDays } from './calendar-days';

test('hours become days, newest first, with empty cells where the range ends', () => {
  const hours = ['2026-11-21T22', '2026-11-21T23', '2026-11-22T00'].map(
    (hour) => ({ hour: `${hour}:00:00.000Z` }) as HourView,
  );
  const days = calendarDays(hours);
  expect(days.map(({ label }) => label)).toEqual(['Sun 22', 'Sat 21']);
  expect(days.map(({ cells }) => cells.length)).toEqual([24, 24]);
  const places = days.map(({ cells }) => cells.flatMap((view, hour) => (view === null ? [] : [hour])));
  expect(places).toEqual([[0], [22, 23]]);
});
