'use client';

import { memo, useId } from 'react';
import { Area, Bar, ComposedChart, XAxis, YAxis } from 'recharts';
import { useTimeFormat } from '@/components/time/time-zone-provider';
import { PlotPatterns } from './plot-patterns';
import { SMALL_PLOT } from './plot-size';
import type { SmallPoint, SmallSeries } from './small-points';
import { timeTicks } from './time-ticks';

export interface SmallPlotProps {
  readonly points: readonly SmallPoint[];
  readonly series: readonly SmallSeries[];
  /** One surface, or bars on top of each other. */
  readonly kind: 'surface' | 'bars';
  readonly fromMs: number;
  readonly toMs: number;
  readonly valueTicks: readonly number[];
  readonly widthPx: number;
}

const TICK = { fontSize: 12, fill: 'var(--muted)' } as const;
const TICK_ROOM_PX = 64;
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** One quantity over the same time as the latency above it. */
export const SmallPlot = memo(function SmallPlot(props: SmallPlotProps) {
  const { points, series, kind, fromMs, toMs, valueTicks, widthPx } = props;
  const patternId = useId();
  const time = useTimeFormat();
  const plotPx = widthPx - SMALL_PLOT.axisPx - SMALL_PLOT.rightPx;
  const ticks = timeTicks({ fromMs, toMs }, Math.floor(plotPx / TICK_ROOM_PX), time);
  const textOf = new Map(ticks.map(({ ms, text }) => [ms, text]));
  const fillOf = ({ colour }: SmallSeries) => (colour === 'hatch' ? `url(#${patternId}-other)` : colour);
  return (
    <ComposedChart
      accessibilityLayer={false}
      width={widthPx}
      height={SMALL_PLOT.heightPx}
      data={points}
      margin={{ top: SMALL_PLOT.topPx, right: SMALL_PLOT.rightPx, bottom: 0, left: 0 }}
    >
      <PlotPatterns id={patternId} />
      <XAxis
        dataKey="midMs"
        type="number"
        scale="time"
        domain={[fromMs, toMs]}
        allowDataOverflow
        ticks={ticks.map(({ ms }) => ms)}
        tickFormatter={(ms: number) => textOf.get(ms) ?? ''}
        interval={0}
        tick={TICK}
        tickLine={false}
        axisLine={{ stroke: 'var(--control)' }}
        height={SMALL_PLOT.timePx}
      />
      <YAxis
        domain={[0, valueTicks.at(-1) ?? 1]}
        ticks={[...valueTicks]}
        tickFormatter={(value: number) => compact.format(value)}
        interval={0}
        tick={TICK}
        tickLine={false}
        axisLine={false}
        width={SMALL_PLOT.axisPx}
      />
      {series.map((one) =>
        kind === 'surface' ? (
          <Area
            key={one.key}
            dataKey={one.key}
            type="step"
            connectNulls={false}
            isAnimationActive={false}
            activeDot={false}
            stroke={one.colour}
            strokeWidth={1}
            fill={one.colour}
            fillOpacity={0.3}
          />
        ) : (
          <Bar
            key={one.key}
            dataKey={one.key}
            stackId="all"
            isAnimationActive={false}
            barSize={Math.max(3, plotPx / Math.max(1, points.length) - 1)}
            fill={fillOf(one)}
            stroke={one.colour === 'hatch' ? 'var(--neutral)' : 'none'}
          />
        ),
      )}
    </ComposedChart>
  );
});
