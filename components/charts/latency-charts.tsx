'use client';

import { type ReactNode, useMemo, useState } from 'react';
import { useTimeFormat } from '@/components/time/time-zone-provider';
import type { TimeFormat } from '@/lib/domain/format/time-format';
import type { LatencyView } from '@/lib/domain/latency/view';
import { worstSentence } from '@/lib/domain/latency/worst-sentence';
import { chartBands } from './bands';
import { ChartFigure } from './chart-figure';
import { ChartTable } from './chart-table';
import { type ChartWindow, inWindow } from './chart-window';
import { DelayBar } from './delay-bar';
import { demoSentence } from './demo-sentence';
import { LatencyDrawing } from './latency-drawing';
import type { ChartMode } from './mode-switch';
import { SmallCharts } from './small-charts';
import { useChartCursor } from './use-chart-cursor';

interface LatencyChartsProps {
  readonly view: LatencyView;
  readonly flushIntervalMs: number;
  readonly csvHref: string;
  /** What chooses the range. */
  readonly controls: ReactNode;
}

/** All charts of a routing: one time, one cursor, one table and one file of the same rows. */
export function LatencyCharts({ view, flushIntervalMs, csvHref, controls }: LatencyChartsProps) {
  const { points, stepMs, total } = view;
  const [mode, setMode] = useState<ChartMode>('chart');
  const [window, setWindow] = useState<ChartWindow>(null);
  const bands = useMemo(() => chartBands({ ...view, flushIntervalMs }), [view, flushIntervalMs]);
  const starts = useMemo(() => points.map(({ at }) => ({ atMs: Date.parse(at) })), [points]);
  const { startIndex, endIndex } = inWindow(starts, window);
  const steps = useMemo(
    () => starts.slice(startIndex, endIndex + 1).map(({ atMs }) => atMs),
    [starts, startIndex, endIndex],
  );
  const { cursor, point, onKeyDown } = useChartCursor(steps, stepMs);
  const shown = useMemo(() => points.slice(startIndex, endIndex + 1), [points, startIndex, endIndex]);
  const fromMs = steps[0] ?? Date.parse(view.from);
  const toMs = (steps.at(-1) ?? fromMs) + stepMs;
  const cursorMs = cursor.atMs === null ? null : cursor.atMs + stepMs / 2;
  const time = useTimeFormat();
  const worst = worstSentence(view, time);
  const demo = demoSentence(view, time);
  return (
    <ChartFigure
      caption={caption(view, time)}
      controls={controls}
      csvHref={csvHref}
      mode={mode}
      onMode={setMode}
      table={<ChartTable label="Latency by step" points={points} stepMs={stepMs} />}
    >
      <LatencyDrawing
        view={view}
        bands={bands}
        cursor={cursor}
        window={window}
        onWindow={setWindow}
        onPoint={point}
        onKeyDown={onKeyDown}
      />
      {worst === null ? null : <p className="mt-2 text-sm">{worst}</p>}
      {demo === null ? null : <p className="mt-1 text-muted text-sm">{demo}</p>}
      {total.split === null ? null : (
        <div className="mt-6">
          <DelayBar split={total.split} />
        </div>
      )}
      <div className="mt-8">
        <SmallCharts
          points={shown}
          stepMs={stepMs}
          bands={bands}
          fromMs={fromMs}
          toMs={toMs}
          cursorMs={cursorMs}
          onPoint={point}
        />
      </div>
    </ChartFigure>
  );
}

function caption({ from, to }: LatencyView, time: TimeFormat): string {
  const [start, end] = [new Date(from), new Date(to)];
  return `Latency from collection to a visible file, ${time.minute(start, end)} to ${time.minute(end, end)}`;
}
