import type { ReactNode } from 'react';
import { LiveFigure } from '@/components/live/live-figure';
import { ClockTime } from '@/components/time/clock-time';
import { cn } from '@/components/ui/cn';
import { formatCountOf } from '@/lib/domain/format/count';
import { formatDuration } from '@/lib/domain/format/duration';
import { formatShare } from '@/lib/domain/format/share';
import type { DaySummary } from '@/lib/domain/latency/day-summary';
import type { RoutingView } from '@/lib/domain/routing/view';

interface MetricStripProps {
  readonly routing: RoutingView;
  /** The last 24 hours. */
  readonly day: DaySummary;
}

/** The numbers under the verdict, each with its name and what it is measured against; columns that never move. */
export function MetricStrip({ routing, day }: MetricStripProps) {
  const { lastFile, promiseSeconds } = routing;
  const promise = formatDuration(promiseSeconds * 1_000);
  return (
    <dl className="mt-4 grid grid-cols-2 gap-px overflow-hidden rounded-card border border-border bg-border md:grid-cols-6 xl:grid-cols-5">
      <Metric name="Freshness now" about="oldest undelivered event" className="md:col-span-2 xl:col-span-1">
        <LiveFigure figure="freshness" routing={routing} none="nothing waiting" />
      </Metric>
      <Metric name="Latency p99, 24 h" about={`promised ${promise}`} className="md:col-span-2 xl:col-span-1">
        {day.p99Ms === null ? '–' : formatDuration(day.p99Ms)}
      </Metric>
      <Metric
        name="Within promise, 24 h"
        about={day.rows === 0 ? 'nothing delivered yet' : `of ${formatCountOf(day.rows, 'event')}`}
        className="md:col-span-2 xl:col-span-1"
      >
        {formatShare(day.withinRows, day.rows) ?? '–'}
      </Metric>
      <Metric
        name="Not yet delivered"
        about={<LiveFigure figure="pendingBytes" routing={routing} />}
        className="md:col-span-3 xl:col-span-1"
      >
        <LiveFigure figure="pendingRows" routing={routing} /> events
      </Metric>
      <Metric
        name="Last file"
        about={lastFile === null ? 'appears with the first delivery' : formatCountOf(lastFile.rows, 'event')}
        className="col-span-2 md:col-span-3 xl:col-span-1"
      >
        {lastFile === null ? 'none yet' : <ClockTime at={new Date(lastFile.deliveredAt)} />}
      </Metric>
    </dl>
  );
}

interface MetricProps {
  readonly name: string;
  readonly about: ReactNode;
  readonly className: string;
  readonly children: ReactNode;
}

function Metric({ name, about, className, children }: MetricProps) {
  return (
    <div className={cn('flex min-w-0 flex-col bg-surface p-4', className)}>
      <dt className="text-muted text-xs">{name}</dt>
      <dd className="mt-1 truncate font-medium text-md tabular-nums">{children}</dd>
      <dd className="truncate text-muted text-xs tabular-nums">{about}</dd>
    </div>
  );
}
