'use client';

import dynamic from 'next/dynamic';
import { type ReactNode, useMemo } from 'react';
import { formatDuration } from '@/lib/domain/format/duration';
import type { LatencyPoint } from '@/lib/domain/latency/view';
import type { Band } from './bands';
import { HATCH } from './hatch';
import { PlotBox } from './plot-box';
import { SMALL_PLOT } from './plot-size';
import { ERROR_SERIES, type SmallSeries, smallPoints } from './small-points';
import { countTicks } from './value-ticks';

const SmallPlot = dynamic(() => import('./small-plot').then((room) => room.SmallPlot), { ssr: false });

interface SmallChartsProps {
  readonly points: readonly LatencyPoint[];
  readonly stepMs: number;
  readonly bands: readonly Band[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly cursorMs: number | null;
  readonly onPoint: (ms: number | null) => void;
}

const EVENTS: readonly SmallSeries[] = [{ key: 'perMinute', name: 'events', colour: 'var(--p95)' }];
const FILES: readonly SmallSeries[] = [{ key: 'files', name: 'files', colour: 'var(--p95)' }];

/** Throughput, files and errors: three quantities over the time of the latency plot, with its cursor. */
export function SmallCharts(props: SmallChartsProps) {
  const { points, stepMs, bands } = props;
  const small = useMemo(() => smallPoints(points, stepMs, bands), [points, stepMs, bands]);
  const step = formatDuration(stepMs);
  const hasErrors = small.some(({ errors }) => errors !== null && errors > 0);
  return (
    <div className="grid gap-6 lg:grid-cols-3">
      <Small {...props} small={small} kind="surface" series={EVENTS} topOf="perMinute" title="Throughput">
        events a minute
      </Small>
      <Small {...props} small={small} kind="surface" series={FILES} topOf="files" title="Files">
        per {step}
      </Small>
      <Small {...props} small={small} kind="bars" series={ERROR_SERIES} topOf="errors" title="Errors">
        {hasErrors ? <ErrorLegend /> : 'none in this range'}
      </Small>
    </div>
  );
}

interface SmallProps extends Omit<SmallChartsProps, 'points'> {
  readonly small: ReturnType<typeof smallPoints>;
  readonly kind: 'surface' | 'bars';
  readonly series: readonly SmallSeries[];
  readonly topOf: 'perMinute' | 'files' | 'errors';
  readonly title: string;
  readonly children: ReactNode;
}

function Small(props: SmallProps) {
  const { small, kind, series, topOf, title, children, fromMs, toMs, cursorMs, onPoint } = props;
  const ticks = useMemo(
    () => countTicks(Math.max(1, ...small.map((point) => point[topOf] ?? 0)), 2),
    [small, topOf],
  );
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1 flex min-h-5 flex-wrap items-center gap-x-3 text-sm">
        <span className="font-medium">{title}</span>
        <span className="text-muted text-xs">{children}</span>
      </figcaption>
      <PlotBox
        size={SMALL_PLOT}
        fromMs={fromMs}
        toMs={toMs}
        topValue={ticks.at(-1) ?? 1}
        cursorMs={cursorMs}
        onPoint={onPoint}
      >
        {(widthPx) => (
          <SmallPlot
            points={small}
            series={series}
            kind={kind}
            fromMs={fromMs}
            toMs={toMs}
            valueTicks={ticks}
            widthPx={widthPx}
          />
        )}
      </PlotBox>
    </figure>
  );
}

function ErrorLegend() {
  return (
    <span className="flex flex-wrap gap-x-3">
      {ERROR_SERIES.map(({ key, name, colour }) => (
        <span key={key} className="flex items-center gap-1">
          <span
            aria-hidden
            className={`size-2.5 rounded-[2px] ${colour === 'hatch' ? HATCH.neutral : ''}`}
            style={colour === 'hatch' ? {} : { background: colour }}
          />
          {name}
        </span>
      ))}
    </span>
  );
}
