import { expect, test } from 'vitest';
import { newReplayHref, readReplayDraft } from './replay-address';

const given = { dataTypes: ['events', 'segment'] as const, now: new Date('2026-11-22T11:20:00Z') };

test('an hour’s replay is prepared for that hour and type', () => {
  const href = newReplayHref('r', { type: 'events', hour: '2026-11-22T09:00:00.000Z' });
  expect(href).toBe('/routings/r/files/replays/new?type=events&hour=2026-11-22T09');
  const query = Object.fromEntries(new URL(href, 'http://x').searchParams);
  expect(readReplayDraft(query, given)).toEqual({
    types: ['events'],
    from: '2026-11-22T09:00',
    to: '2026-11-22T10:00',
  });
});

test('without an hour, or with nonsense, it is the last day of everything', () => {
  for (const query of [{}, { type: 'x', hour: 'yesterday' }, { hour: ['a', 'b'] }]) {
    expect(readReplayDraft(query, given)).toEqual({
      types: ['events', 'segment'],
      from: '2026-11-21T12:00',
      to: '2026-11-22T12:00',
    });
  }
});
