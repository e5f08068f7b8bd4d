'use client';

import dynamic from 'next/dynamic';
import { type KeyboardEvent, useMemo } from 'react';
import { useTimeFormat } from '@/components/time/time-zone-provider';
import type { LatencyView } from '@/lib/domain/latency/view';
import type { Band } from './bands';
import type { ChartCursor } from './chart-cursor';
import { type ChartWindow, inWindow } from './chart-window';
import { QUANTILE_LINE } from './latency-lines';
import { type CursorMark, PlotBox } from './plot-box';
import { PlotLegend } from './plot-legend';
import { type PlotPoint, plotPoints, QUANTILES } from './plot-points';
import { LATENCY_PLOT } from './plot-size';
import { readOutOf, readOutOfTotal } from './read-out';
import { ReadOutLine } from './read-out-line';
import { StateStrip } from './state-strip';
import { durationTicks } from './value-ticks';

// Drawn in the browser only, and loaded after the page stands: its place has its height already.
const LatencyPlot = dynamic(() => import('./latency-plot').then((room) => room.LatencyPlot), { ssr: false });

interface LatencyDrawingProps {
  readonly view: LatencyView;
  readonly bands: readonly Band[];
  readonly cursor: ChartCursor;
  readonly window: ChartWindow;
  readonly onWindow: (window: ChartWindow) => void;
  readonly onPoint: (ms: number | null) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

const HOW_TO =
  'Latency chart. Left and right arrow keys move the cursor, up and down choose the series, Home and End jump.';

/** The strip of statuses, the lines, and what stands at the cursor. */
export function LatencyDrawing(props: LatencyDrawingProps) {
  const { view, bands, cursor, window, onWindow, onPoint, onKeyDown } = props;
  const { points, stepMs, promiseMs, states, total } = view;
  const plotted = useMemo(() => plotPoints(points, stepMs), [points, stepMs]);
  const { startIndex, endIndex } = inWindow(plotted, window);
  const fromMs = plotted[startIndex]?.atMs ?? 0;
  const toMs = (plotted[endIndex]?.atMs ?? 0) + stepMs;
  const valueTicks = useMemo(
    () => durationTicks(highest(plotted.slice(startIndex, endIndex + 1), promiseMs)),
    [plotted, startIndex, endIndex, promiseMs],
  );
  const point = points.find(({ at }) => Date.parse(at) === cursor.atMs);
  const shape = { stepMs, time: useTimeFormat(), bands, series: cursor.series };
  const marks = QUANTILES.flatMap((quantile): CursorMark[] => {
    const value = point?.[`${quantile}Ms`] ?? null;
    const { colour } = QUANTILE_LINE[quantile];
    return value === null ? [] : [{ value, colour, isChosen: cursor.series === quantile }];
  });
  return (
    <>
      <div className="mb-3">
        <PlotLegend chosen={cursor.isByKey ? cursor.series : null} bands={bands} />
      </div>
      <StateStrip states={states} fromMs={fromMs} toMs={toMs} />
      <PlotBox
        size={LATENCY_PLOT}
        fromMs={fromMs}
        toMs={toMs}
        topValue={valueTicks.at(-1) ?? 1}
        cursorMs={point === undefined ? null : Date.parse(point.at) + stepMs / 2}
        marks={marks}
        onPoint={onPoint}
        keyboard={{ role: 'application', 'aria-label': HOW_TO, tabIndex: 0, onKeyDown }}
      >
        {(widthPx) => (
          <LatencyPlot
            points={plotted}
            stepMs={stepMs}
            bands={bands}
            promiseMs={promiseMs}
            valueTicks={valueTicks}
            widthPx={widthPx}
            window={window}
            onWindow={onWindow}
          />
        )}
      </PlotBox>
      <div className="mt-3">
        <ReadOutLine
          readOut={point === undefined ? readOutOfTotal(total) : readOutOf(point, shape)}
          chosen={point === undefined ? null : cursor.series}
          isAnnounced={cursor.isByKey}
        />
      </div>
    </>
  );
}

/** The promise is always in view, with some air above it. */
function highest(points: readonly PlotPoint[], promiseMs: number): number {
  return points.reduce(
    (top, { p95, p99, p99Dot }) => Math.max(top, p95 ?? 0, p99 ?? 0, p99Dot ?? 0),
    promiseMs * 1.1,
  );
}
