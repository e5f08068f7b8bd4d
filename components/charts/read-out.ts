import { formatCountOf } from '@/lib/domain/format/count';
import { formatDuration } from '@/lib/domain/format/duration';
import type { TimeFormat } from '@/lib/domain/format/time-format';
import { stepName } from '@/lib/domain/latency/step-name';
import { ERROR_CLASSES } from '@/lib/domain/latency/table-columns';
import type { LatencyFigures, LatencyPoint } from '@/lib/domain/latency/view';
import { BAND_WORD, type Band } from './bands';
import { CURSOR_SERIES, type CursorSeries } from './chart-cursor';

interface ReadOutPart {
  readonly series: CursorSeries;
  readonly text: string;
}

export interface ReadOut {
  /** "22 Nov 11:00–11:05 UTC", with why the step is empty where it is. */
  readonly lead: string;
  /** The chosen series first. */
  readonly parts: readonly ReadOutPart[];
}

/** What a step holds, in the one text that is both seen and read out. */
export function readOutOf(
  point: LatencyPoint,
  options: { stepMs: number; time: TimeFormat; bands: readonly Band[]; series: CursorSeries },
): ReadOut {
  const { stepMs, time, bands, series } = options;
  const atMs = Date.parse(point.at);
  const reasons = bands.filter(({ kind, fromMs, toMs }) => {
    const isTold = kind === 'demo' || kind === 'paused' || (point.rows === 0 && kind !== 'breach');
    return isTold && fromMs < atMs + stepMs && toMs > atMs;
  });
  const lead = [
    `${stepName(atMs, stepMs, time)} ${time.zone}`,
    ...reasons.map(({ kind }) => BAND_WORD[kind]),
  ];
  const order = [series, ...CURSOR_SERIES.filter((other) => other !== series)];
  return { lead: lead.join(', '), parts: order.map((one) => ({ series: one, text: partText(one, point) })) };
}

/** The same for the whole range, shown while no step is chosen. */
export function readOutOfTotal(total: LatencyFigures): ReadOut {
  const order = CURSOR_SERIES.filter((series) => series !== 'errors');
  return {
    lead: 'Whole range',
    parts: order.map((series) => ({ series, text: partText(series, { ...total, errors: {} }) })),
  };
}

function partText(series: CursorSeries, point: LatencyFigures & Pick<LatencyPoint, 'errors'>): string {
  switch (series) {
    case 'p50':
      return `p50 ${durationText(point.p50Ms)}`;
    case 'p95':
      return `p95 ${durationText(point.p95Ms)}`;
    case 'p99':
      return `p99 ${durationText(point.p99Ms)}`;
    case 'events':
      return formatCountOf(point.rows, 'event');
    case 'files':
      return formatCountOf(point.files, 'file');
    case 'errors':
      return errorText(point.errors);
  }
}

function durationText(ms: number | null): string {
  return ms === null ? '–' : formatDuration(ms);
}

function errorText(errors: LatencyPoint['errors']): string {
  const told = ERROR_CLASSES.flatMap((kind) => {
    const count = errors[kind] ?? 0;
    return count === 0 ? [] : [`${count} ${kind}`];
  });
  const total = ERROR_CLASSES.reduce((sum, kind) => sum + (errors[kind] ?? 0), 0);
  return total === 0 ? 'no errors' : `${formatCountOf(total, 'error')} (${told.join(', ')})`;
}
