import { describe, expect, it } from 'vitest';
import { timeFormat } from '@/lib/domain/format/time-format';
import { pointsOf, START_MS, STEP_MS } from '@/lib/testing/latency-points';
import { arrivalSentence } from './arrival-sentence';
import { daySummary } from './day-summary';
import type { LatencyFigures, LatencyPoint } from './view';
import { worstSentence } from './worst-sentence';

const utc = timeFormat('UTC');
const range = (points: readonly LatencyPoint[], hours = 24) => ({
  points,
  stepMs: STEP_MS,
  from: new Date(START_MS).toISOString(),
  to: new Date(START_MS + hours * 3_600_000).toISOString(),
});

describe('worstSentence', () => {
  it('names the step, its p99 and what took most of the time', () => {
    const [calm, bad] = pointsOf([60, 132]);
    const split = { waitingMs: 1_000, batchingMs: 7_000, uploadingMs: 42_000, retryingMs: 0 };
    expect(worstSentence(range([calm!, { ...bad!, split }]), utc)).toBe(
      'Worst at 11:05: p99 2 min 12 s, 84 % of it uploading.',
    );
  });

  it('names the day over several days', () => {
    expect(worstSentence(range(pointsOf([132]), 48), utc)).toMatch(/^Worst at 22 Nov 11:00: /);
    expect(worstSentence({ ...range(pointsOf([132]), 48), stepMs: 86_400_000 }, utc)).toMatch(
      /^Worst on 22 Nov: /,
    );
  });

  it('does not let a handful of events be the worst where steps with enough of them are', () => {
    const points = [...pointsOf([60]), ...pointsOf([900], 3)];
    expect(worstSentence(range(points), utc)).toContain('p99 1 min');
    expect(worstSentence(range(pointsOf([900], 3)), utc)).toContain('p99 15 min');
  });

  it('says nothing about a range in which nothing came', () => {
    expect(worstSentence(range(pointsOf([null, null])), utc)).toBeNull();
  });
});

describe('arrivalSentence', () => {
  const total = (rows: number, withinRows: number) => ({ rows, withinRows }) as LatencyFigures;
  const tell = (points: readonly LatencyPoint[], to: string, all = total(0, 0)) =>
    arrivalSentence(daySummary({ points, total: all, to }), 300_000);

  it('counts what came since midnight UTC, and rounds the share down', () => {
    const [one] = pointsOf([60]);
    const points = [
      { ...one!, at: '2026-11-21T23:55:00.000Z', rows: 1_000_000, withinRows: 0 },
      { ...one!, at: '2026-11-22T00:00:00.000Z', rows: 12_408_113, withinRows: 12_406_113 },
    ];
    expect(tell(points, '2026-11-22T14:32:07.000Z')).toBe(
      'Today 99.98 % of 12,408,113 events arrived within 5 minutes.',
    );
  });

  it('says 100 % only of all of them', () => {
    const [one] = pointsOf([60]);
    const almost = { ...one!, rows: 1_000_000, withinRows: 999_999 };
    const to = '2026-11-22T14:32:07.000Z';
    expect(tell([almost], to)).toContain('99.99 %');
    expect(tell([{ ...almost, withinRows: 1_000_000 }], to)).toContain('100 % of 1,000,000');
  });

  it('tells of the last 24 hours right after midnight, and of nothing where nothing came', () => {
    const to = '2026-11-23T00:01:00.000Z';
    expect(tell(pointsOf([60]), to, total(1, 1))).toBe(
      'In the last 24 hours 100 % of 1 event arrived within 5 minutes.',
    );
    expect(tell([], to)).toBeNull();
  });

  it('says where demonstration figures are among them', () => {
    const [one] = pointsOf([60]);
    const points = [{ ...one!, rows: 10, withinRows: 10, isDemo: true }, one!];
    expect(tell(points, '2026-11-22T14:32:07.000Z')).toMatch(
      /within 5 minutes\. Demonstration figures are among them\.$/,
    );
  });
});
