'use client';

import { memo, useId } from 'react';
import { Area, Bar, ComposedChart } from 'recharts';
import { useTimeFormat } from '@/components/time/time-zone-provider';
import { timeAxis, valueAxis } from './plot-axes';
import { PlotPatterns } from './plot-patterns';
import { SMALL_PLOT } from './plot-size';
import type { SmallPoint, SmallSeries } from './small-points';

interface SmallPlotProps {
  readonly points: readonly SmallPoint[];
  readonly series: readonly SmallSeries[];
  /** One surface, or bars on top of each other. */
  readonly kind: 'surface' | 'bars';
  readonly fromMs: number;
  readonly toMs: number;
  readonly valueTicks: readonly number[];
  readonly widthPx: number;
}

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** One quantity over the same time as the latency above it. */
export const SmallPlot = memo(function SmallPlot(props: SmallPlotProps) {
  const { points, series, kind, fromMs, toMs, valueTicks, widthPx } = props;
  const patternId = useId();
  const time = useTimeFormat();
  const plotPx = widthPx - SMALL_PLOT.axisPx - SMALL_PLOT.rightPx;
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
      {timeAxis({ size: SMALL_PLOT, fromMs, toMs, plotPx, time, hasTickLine: false })}
      {valueAxis({ size: SMALL_PLOT, ticks: valueTicks, textOf: compact.format })}
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
