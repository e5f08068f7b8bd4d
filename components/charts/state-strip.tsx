import { cn } from '@/components/ui/cn';
import { formatDuration } from '@/lib/domain/format/duration';
import type { StateSpan } from '@/lib/domain/latency/view';
import { LABEL_DISPLAY, type RoutingLabel, type Tone } from '@/lib/domain/routing/label';
import { HATCH } from './hatch';
import { LATENCY_PLOT } from './plot-size';
import { type StripSpan, stripSpans, stripTotals } from './strip-spans';

interface StateStripProps {
  readonly states: readonly StateSpan[];
  readonly fromMs: number;
  readonly toMs: number;
}

const TONE: Readonly<Record<Tone, string>> = {
  good: 'border-good bg-good-bg text-good',
  info: 'border-info bg-info-bg text-info',
  warn: 'border-warn bg-warn-bg text-warn',
  bad: 'border-bad bg-bad-bg text-bad',
  'bad-solid': 'border-bad-solid bg-bad-solid text-white',
  neutral: 'border-neutral bg-neutral-bg text-neutral',
};

/** Which status the routing had when, over the same time as the plot below; told in words beside it. */
export function StateStrip({ states, fromMs, toMs }: StateStripProps) {
  const spans = stripSpans(states, fromMs, toMs);
  const totals = stripTotals(spans);
  return (
    <div style={{ paddingLeft: LATENCY_PLOT.axisPx, paddingRight: LATENCY_PLOT.rightPx }}>
      <div aria-hidden className="relative h-6 overflow-hidden rounded-badge bg-raised">
        {spans.map((span) => (
          <Span key={span.fromMs} span={span} />
        ))}
      </div>
      <p className="mt-1 flex flex-wrap gap-x-3 text-muted text-xs tabular-nums">
        {totals.length === 0 ? 'No status is recorded for this range.' : null}
        {totals.map(({ label, ms }) => (
          <span key={label} className="whitespace-nowrap">
            {wordOf(label)} {formatDuration(ms)}
          </span>
        ))}
      </p>
    </div>
  );
}

function Span({ span }: { readonly span: StripSpan }) {
  const { label, leftPercent, widthPercent } = span;
  return (
    <span
      title={wordOf(label)}
      className={cn(
        'absolute inset-y-0 min-w-0.5 truncate border-b-2 px-1.5 text-xs leading-5.5',
        TONE[LABEL_DISPLAY[label].tone],
        (label === 'paused' || label === 'pausing') && HATCH.info,
        widthPercent < 12 && 'px-0 text-transparent',
      )}
      style={{ left: `${leftPercent}%`, width: `${widthPercent}%` }}
    >
      {wordOf(label)}
    </span>
  );
}

function wordOf(label: RoutingLabel): string {
  return LABEL_DISPLAY[label].word.replace('…', '');
}
