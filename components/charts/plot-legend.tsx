import { cn } from '@/components/ui/cn';
import { BAND_WORD, type Band, type BandKind } from './bands';
import type { CursorSeries } from './chart-cursor';
import { HATCH } from './hatch';
import { QUANTILE_LINE } from './latency-lines';
import { QUANTILES } from './plot-points';

interface PlotLegendProps {
  readonly chosen: CursorSeries | null;
  readonly bands: readonly Band[];
}

const SWATCH: Readonly<Record<BandKind, string>> = {
  demo: 'bg-neutral/15',
  breach: 'bg-warn/25',
  paused: HATCH.info,
  held: HATCH.bad,
  quiet: 'border-muted border-b-2 border-dotted border-x-0 border-t-0',
  unmeasured: 'bg-neutral/20',
  unstarted: 'bg-neutral/20',
};

/** What the lines and bands of the latency plot are; of bands only those that are there. */
export function PlotLegend({ chosen, bands }: PlotLegendProps) {
  const kinds = [...new Set(bands.map(({ kind }) => kind))];
  return (
    <ul className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-xs">
      {QUANTILES.toReversed().map((quantile) => (
        <li
          key={quantile}
          className={cn('flex items-center gap-1.5', chosen === quantile && 'font-semibold text-text')}
        >
          <svg aria-hidden width="26" height="8">
            <line
              x1="1"
              x2="25"
              y1="4"
              y2="4"
              stroke={QUANTILE_LINE[quantile].colour}
              strokeWidth={QUANTILE_LINE[quantile].widthPx}
              strokeDasharray={QUANTILE_LINE[quantile].dash}
            />
          </svg>
          {quantile}
        </li>
      ))}
      {kinds.map((kind) => (
        <li key={kind} className="flex items-center gap-1.5">
          <span aria-hidden className={cn('h-3 w-5 rounded-[2px] border border-border', SWATCH[kind])} />
          {BAND_WORD[kind]}
        </li>
      ))}
    </ul>
  );
}
