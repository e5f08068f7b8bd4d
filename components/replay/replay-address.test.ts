import { expect, test } from 'vitest';
import { newReplayHref, readReplayDraft } from './replay-address';

const given = { dataTypes: ['events', 'segment'] as const, now: new Date('2026-11-22T11:20:00Z') };

test('an hour’s replay is prepared for that hour and type', () => {
  const href = newReplayHref('r', { type: 'events', hour: '2026-11-22T09:00:00.000Z' });
  expect(href).toBe('/routings/r/files/replays/new?type=events&hour=2026-11-22T09');
  const query = Object.fromEntries(new URL(href, 'http://x').searchParams);
  expect(readReplayDraft(query, given)).toMatchObject({
    types: ['events'],
    from: '2026-11-22T09',
    to: '2026-11-22T10',
  });
});

test('without an hour, or with nonsense, it is the last day of everything', () => {
  for (const query of [{}, { type: 'x', hour: 'yesterday' }, { hour: ['a', 'b'] }]) {
    expect(readReplayDraft(query, given)).toMatchObject({
      types: ['events', 'segment'],
      from: '2026-11-21T12',
      to: '2026-11-22T12',
    });
  }
});

test('every hour that may still be kept can be chosen, and the one that was asked for', () => {
  const { hours } = readReplayDraft({}, given);
  expect(hours[0]).toEqual({ value: '2026-11-22T12', label: '22 Nov 12:00 UTC' });
  expect(hours.at(-1)?.value).toBe('2026-11-14T12');
  const old = readReplayDraft({ hour: '2026-11-01T00' }, given);
  expect(old.hours.slice(-2).map(({ value }) => value)).toEqual(['2026-11-01T01', '2026-11-01T00']);
});
