import type { ReactNode } from 'react';
import { RelativeTime } from '@/components/time/relative-time';
import { formatCount, formatCountOf } from '@/lib/domain/format/count';
import { formatDuration } from '@/lib/domain/format/duration';
import type { RoutingView } from '@/lib/domain/routing/view';

/** The numbers under the verdict, each with its name and what it is measured against. */
export function MetricStrip({ routing, now }: { readonly routing: RoutingView; readonly now: Date }) {
  const { freshnessMs, pendingRows, lastFile, promiseSeconds, flushIntervalMs } = routing;
  return (
    <dl className="mt-4 grid grid-cols-2 gap-px overflow-hidden rounded-card border border-border bg-border lg:grid-cols-4">
      <Metric name="Freshness now" about="age of the oldest undelivered event">
        {freshnessMs === null ? 'nothing waiting' : formatDuration(freshnessMs)}
      </Metric>
      <Metric name="Not yet delivered" about={pendingRows === 1 ? 'event' : 'events'}>
        {formatCount(pendingRows)}
      </Metric>
      <Metric
        name="Last file"
        about={lastFile === null ? 'appears with the first delivery' : formatCountOf(lastFile.rows, 'event')}
      >
        {lastFile === null ? 'none yet' : <RelativeTime at={new Date(lastFile.deliveredAt)} now={now} />}
      </Metric>
      <Metric name="Promise" about={`a file about every ${formatDuration(flushIntervalMs)}`}>
        {formatDuration(promiseSeconds * 1_000)}
      </Metric>
    </dl>
  );
}

interface MetricProps {
  readonly name: string;
  readonly about: string;
  readonly children: ReactNode;
}

function Metric({ name, about, children }: MetricProps) {
  return (
    <div className="flex flex-col bg-surface p-4">
      <dt className="text-muted text-xs">{name}</dt>
      <dd className="mt-1 font-medium text-md tabular-nums">{children}</dd>
      <dd className="text-muted text-xs">{about}</dd>
    </div>
  );
}
