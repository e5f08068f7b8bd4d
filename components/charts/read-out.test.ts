import { describe, expect, it } from 'vitest';
import { timeFormat } from '@/lib/domain/format/time-format';
import { pointsOf, START_MS, STEP_MS } from '@/lib/testing/latency-points';
import type { Band } from './bands';
import type { CursorSeries } from './chart-cursor';
import { readOutOf, readOutOfTotal } from './read-out';

function textOf(p99: number | null, bands: readonly Band[] = [], series: CursorSeries = 'p99') {
  const [point] = pointsOf([p99]);
  const shape = { stepMs: STEP_MS, time: timeFormat('UTC'), bands, series };
  const { lead, parts } = readOutOf({ ...point!, errors: { access: 2, network: 1 } }, shape);
  return [lead, ...parts.map(({ text }) => text)].join(' · ');
}

const band = (kind: Band['kind']): Band => ({ kind, fromMs: START_MS, toMs: START_MS + STEP_MS });

describe('the read-out', () => {
  it('says the step, every series and how many events it rests on', () => {
    expect(textOf(132)).toBe(
      '22 Nov 11:00–11:05 UTC · p99 2 min 12 s · p95 1 min 6 s · p50 44 s · 100 events · 1 file · 3 errors (2 access, 1 network)',
    );
  });

  it('begins with the chosen series', () => {
    expect(textOf(132, [], 'events')).toContain('UTC · 100 events · p99');
  });

  it('says why an empty step is empty, and never a zero that nobody measured', () => {
    expect(textOf(null, [band('paused')])).toContain('22 Nov 11:00–11:05 UTC, paused · p99 – ·');
    expect(textOf(null, [band('unmeasured')])).toContain(', no measurements ·');
  });

  it('says that a figure was made up, and does not repeat what the figure says', () => {
    expect(textOf(400, [band('demo'), band('breach')])).toMatch(/UTC, demonstration figures · p99/);
  });

  it('tells of the whole range while no step is chosen', () => {
    const [total] = pointsOf([60]);
    expect(readOutOfTotal(total!).parts.map(({ text }) => text)).toEqual([
      'p99 1 min',
      'p95 30 s',
      'p50 20 s',
      '100 events',
      '1 file',
    ]);
  });
});
