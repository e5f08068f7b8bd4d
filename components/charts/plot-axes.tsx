import { XAxis, YAxis } from 'recharts';
import type { TimeFormat } from '@/lib/domain/format/time-format';
import type { PlotSize } from './plot-size';
import { timeTicks } from './time-ticks';

const TICK = { fontSize: 12, fill: 'var(--muted)' } as const;
const TICK_ROOM_PX = 64;
const LINE = { stroke: 'var(--control)' } as const;

interface TimeAxisProps {
  readonly size: PlotSize;
  readonly fromMs: number;
  readonly toMs: number;
  /** Between the axis of values and the right end. */
  readonly plotPx: number;
  readonly time: TimeFormat;
  readonly hasTickLine: boolean;
}

/** The axis of time as a child of a recharts chart. A function, for recharts looks at its children. */
export function timeAxis({ size, fromMs, toMs, plotPx, time, hasTickLine }: TimeAxisProps) {
  const ticks = timeTicks({ fromMs, toMs }, Math.floor(plotPx / TICK_ROOM_PX), time);
  const textOf = new Map(ticks.map(({ ms, text }) => [ms, text]));
  return (
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
      tickLine={hasTickLine ? LINE : false}
      axisLine={LINE}
      height={size.timePx}
    />
  );
}

interface ValueAxisProps {
  readonly size: PlotSize;
  /** From 0; the last one is the top of the axis. */
  readonly ticks: readonly number[];
  readonly textOf: (value: number) => string;
}

/** The axis of values, likewise. */
export function valueAxis({ size, ticks, textOf }: ValueAxisProps) {
  return (
    <YAxis
      domain={[0, ticks.at(-1) ?? 1]}
      ticks={[...ticks]}
      tickFormatter={textOf}
      interval={0}
      tick={TICK}
      tickLine={false}
      axisLine={false}
      width={size.axisPx}
    />
  );
}
