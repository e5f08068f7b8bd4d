'use client';

import { memo, useId } from 'react';
import { Brush, ComposedChart, Line, ReferenceLine } from 'recharts';
import { useTimeFormat } from '@/components/time/time-zone-provider';
import { formatDuration } from '@/lib/domain/format/duration';
import { bandShapes } from './band-shapes';
import type { Band } from './bands';
import { type ChartWindow, inWindow } from './chart-window';
import { QUANTILE_LINE } from './latency-lines';
import { timeAxis, valueAxis } from './plot-axes';
import { PlotPatterns } from './plot-patterns';
import { type PlotPoint, QUANTILES } from './plot-points';
import { LATENCY_PLOT } from './plot-size';

interface LatencyPlotProps {
  readonly points: readonly PlotPoint[];
  readonly stepMs: number;
  readonly bands: readonly Band[];
  readonly promiseMs: number;
  /** Where the lines stand: the top of the axis is the last one. */
  readonly valueTicks: readonly number[];
  readonly widthPx: number;
  readonly window: ChartWindow;
  readonly onWindow: (window: ChartWindow) => void;
}

/** p50, p95 and p99 over time with the promise; nothing in it moves by itself, nor with the cursor. */
export const LatencyPlot = memo(function LatencyPlot(props: LatencyPlotProps) {
  const { points, stepMs, bands, promiseMs, valueTicks, widthPx, window, onWindow } = props;
  const patternId = useId();
  const time = useTimeFormat();
  const { startIndex, endIndex } = inWindow(points, window);
  const fromMs = points[startIndex]?.atMs ?? 0;
  const toMs = (points[endIndex]?.atMs ?? 0) + stepMs;
  const plotPx = widthPx - LATENCY_PLOT.axisPx - LATENCY_PLOT.rightPx;
  const zoom = ({ startIndex: first, endIndex: last }: { startIndex?: number; endIndex?: number }) => {
    const isAll = first === 0 && last === points.length - 1;
    const [start, end] = [points[first ?? 0], points[last ?? points.length - 1]];
    if (start !== undefined && end !== undefined)
      onWindow(isAll ? null : { firstMs: start.atMs, lastMs: end.atMs });
  };
  return (
    <ComposedChart
      // Fewer points than before would leave the brush at places that are no more.
      key={`${stepMs} ${points.length}`}
      accessibilityLayer={false}
      width={widthPx}
      height={LATENCY_PLOT.heightPx}
      data={points}
      margin={{ top: LATENCY_PLOT.topPx, right: LATENCY_PLOT.rightPx, bottom: 0, left: 0 }}
    >
      <PlotPatterns id={patternId} />
      {bandShapes({ bands, patternId, fromMs, toMs, widthPx: plotPx })}
      {valueTicks.slice(1).map((value) => (
        <ReferenceLine key={value} y={value} stroke="var(--border)" />
      ))}
      {timeAxis({ size: LATENCY_PLOT, fromMs, toMs, plotPx, time, hasTickLine: true })}
      {valueAxis({ size: LATENCY_PLOT, ticks: valueTicks, textOf: formatDuration })}
      {QUANTILES.map((quantile) => (
        <Line
          key={quantile}
          dataKey={quantile}
          type="linear"
          connectNulls={false}
          isAnimationActive={false}
          dot={false}
          activeDot={false}
          stroke={QUANTILE_LINE[quantile].colour}
          strokeWidth={QUANTILE_LINE[quantile].widthPx}
          strokeDasharray={QUANTILE_LINE[quantile].dash}
        />
      ))}
      {QUANTILES.map((quantile) => (
        <Line
          key={`${quantile}Dot`}
          dataKey={`${quantile}Dot`}
          connectNulls={false}
          isAnimationActive={false}
          dot={{ r: 2.5, fill: QUANTILE_LINE[quantile].colour, stroke: 'none' }}
          activeDot={false}
          stroke="none"
        />
      ))}
      <ReferenceLine
        y={promiseMs}
        stroke="var(--text)"
        strokeDasharray="8 4"
        label={{
          value: `${formatDuration(promiseMs)} promise`,
          position: 'insideBottomRight',
          fontSize: 12,
          fill: 'var(--text)',
          stroke: 'var(--surface)',
          strokeWidth: 4,
          paintOrder: 'stroke',
        }}
      />
      {points.length > 0 ? (
        <Brush
          dataKey="atMs"
          startIndex={startIndex}
          endIndex={endIndex}
          onChange={zoom}
          height={LATENCY_PLOT.brushPx}
          travellerWidth={24}
          traveller={<Traveller />}
          tickFormatter={() => ''}
          ariaLabel="End of the part that is shown; the arrow keys move it"
          fill="var(--raised)"
          stroke="var(--control)"
        />
      ) : null}
    </ComposedChart>
  );
});

interface TravellerProps {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
}

/** A handle of which six px are seen and all of the width can be caught. */
function Traveller({ x = 0, y = 0, width = 0, height = 0 }: TravellerProps) {
  return (
    <g>
      <rect x={x} y={y} width={width} height={height} fill="transparent" />
      <rect x={x + width / 2 - 3} y={y} width={6} height={height} rx={2} fill="var(--control)" />
    </g>
  );
}
