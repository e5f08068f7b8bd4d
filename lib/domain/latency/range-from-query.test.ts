import { describe, expect, it } from 'vitest';
import { rangeFromQuery } from './range-from-query';

const query = { range: '', from: '', to: '' };

describe('rangeFromQuery', () => {
  it('follows a known range and falls back to a day for anything else', () => {
    expect(rangeFromQuery({ ...query, range: '90d' }).choice).toEqual({ range: '90d' });
    expect(rangeFromQuery({ ...query, range: "1h' OR 1=1" }).choice).toEqual({ range: '24h' });
    expect(rangeFromQuery(query)).toMatchObject({ choice: { range: '24h' }, refusal: null });
  });

  it('takes what a date field sends as UTC', () => {
    const asked = rangeFromQuery({ ...query, from: '2026-11-22T11:00', to: '2026-11-22T12:30' });
    expect(asked.choice).toEqual({ from: '2026-11-22T11:00:00.000Z', to: '2026-11-22T12:30:00.000Z' });
    expect(asked.fields).toEqual({ from: '2026-11-22T11:00', to: '2026-11-22T12:30' });
  });

  it.each([
    ['2026-11-22T12:00', '2026-11-22T11:00', 'after its start'],
    ['2026-11-22T12:00', '2026-11-22T12:00', 'after its start'],
    ['2026-01-01T00:00', '2026-11-22T12:00', '90 days at most'],
    ['2026-11-22T12:00', '', 'both ends'],
    ['yesterday', '2026-11-22T12:00', 'both ends'],
    ['2026-13-45T12:00', '2026-11-22T12:00', 'both ends'],
  ])('refuses %s to %s with a sentence and shows a day instead', (from, to, sentence) => {
    const asked = rangeFromQuery({ ...query, from, to });
    expect(asked.refusal).toContain(sentence);
    expect(asked.choice).toEqual({ range: '24h' });
  });

  it('keeps what was typed, unless a field could not show it', () => {
    expect(rangeFromQuery({ ...query, from: '2026-11-22T12:00', to: '<b>' }).fields).toEqual({
      from: '2026-11-22T12:00',
      to: '',
    });
  });
});
