import { expect, test } from 'vitest';
import type { HourView } from '@/lib/domain/hour/view';
import { calendarNote } from './calendar-note';

const now = new Date('2026-11-22T14:32:07Z');
const running = {
  lifecycle: 'active',
  intent: 'run',
  pendingRows: 0,
  stateSince: '2026-11-22T11:00:00Z',
} as const;

function hourOf(change: Partial<HourView>): HourView {
  const none = {
    acceptedBy: null,
    chunkRows: null,
    delivered: 0,
    pending: 0,
    setAside: 0,
    setAsideCorrupt: 0,
    gap: 0,
    files: 0,
    gzipBytes: 0,
    latencyMaxMs: null,
  };
  const hour = '2026-11-22T11:00:00.000Z';
  return { hour, type: 'events', state: 'quiet', accepted: 0, ...none, isBalanced: true, ...change };
}

const note = (hours: HourView[], routing: Parameters<typeof calendarNote>[0]['routing'] = running) =>
  calendarNote({ routing, hours, month: '2026-11', now });

test('a month with events needs no words', () => {
  expect(note([hourOf({}), hourOf({ state: 'complete', accepted: 5, delivered: 5 })])).toBeNull();
});

test('an empty month says that nothing came', () => {
  expect(note([hourOf({}), hourOf({ state: 'unknown', accepted: null })])).toBe(
    'No event of this type came in Nov 2026.',
  );
});

test('a month before the routing says that nothing is known of it', () => {
  expect(note([hourOf({ state: 'unknown', accepted: null, isBalanced: null })])).toContain(
    'Nothing is known of Nov 2026',
  );
});

test('a pause says since when and how much waits', () => {
  const paused = { ...running, intent: 'pause', pendingRows: 1_200 } as const;
  expect(note([hourOf({ state: 'held', accepted: 1_200, pending: 1_200 })], paused)).toBe(
    'Paused since 22 Nov 11:00 UTC. 1,200 rows wait in the log and arrive after a resume.',
  );
});
