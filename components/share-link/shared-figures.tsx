import type { ReactNode } from 'react';
import { ClockTime } from '@/components/time/clock-time';
import { formatCountOf } from '@/lib/domain/format/count';
import { formatDuration } from '@/lib/domain/format/duration';
import { formatShare } from '@/lib/domain/format/share';
import type { SharedStatusView } from '@/lib/domain/share-link/view';

/** The numbers under the verdict of a shared status. */
export function SharedFigures({ status }: { readonly status: SharedStatusView }) {
  const { day, freshnessMs, lastFile, pendingRows, promiseSeconds } = status;
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-card border border-border bg-border sm:grid-cols-6">
      <Figure name="Freshness now" about="oldest undelivered event" className="sm:col-span-2">
        {freshnessMs === null ? 'nothing waiting' : formatDuration(freshnessMs)}
      </Figure>
      <Figure
        name="Latency p99, 24 h"
        about={`promised ${formatDuration(promiseSeconds * 1_000)}`}
        className="sm:col-span-2"
      >
        {day.p99Ms === null ? '–' : formatDuration(day.p99Ms)}
      </Figure>
      <Figure
        name="Within promise, 24 h"
        about={day.rows === 0 ? 'nothing delivered yet' : `of ${formatCountOf(day.rows, 'event')}`}
        className="sm:col-span-2"
      >
        {formatShare(day.withinRows, day.rows) ?? '–'}
      </Figure>
      <Figure name="Not yet delivered" about="collected and stored" className="sm:col-span-3">
        {formatCountOf(pendingRows, 'event')}
      </Figure>
      <Figure
        name="Last file"
        about={lastFile === null ? 'appears with the first delivery' : formatCountOf(lastFile.rows, 'event')}
        className="col-span-2 sm:col-span-3"
      >
        {lastFile === null ? 'none yet' : <ClockTime at={new Date(lastFile.deliveredAt)} />}
      </Figure>
    </dl>
  );
}

interface FigureProps {
  readonly name: string;
  readonly about: string;
  readonly className: string;
  readonly children: ReactNode;
}

function Figure({ name, about, className, children }: FigureProps) {
  return (
    <div className={`min-w-0 bg-surface p-4 ${className}`}>
      <dt className="text-muted text-xs">{name}</dt>
      <dd className="mt-1 truncate font-medium text-md tabular-nums">{children}</dd>
      <dd className="truncate text-muted text-xs tabular-nums">{about}</dd>
    </div>
  );
}
