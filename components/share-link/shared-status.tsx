import { latestHours } from '@/components/hours/latest-hours';
import { StatusBadge } from '@/components/routings/status-badge';
import { ExactTime } from '@/components/time/exact-time';
import { formatDuration } from '@/lib/domain/format/duration';
import { arrivalSentence } from '@/lib/domain/latency/arrival-sentence';
import type { SharedStatusView } from '@/lib/domain/share-link/view';
import { SharedFigures } from './shared-figures';
import { SharedHours } from './shared-hours';
import { SharedLatency } from './shared-latency';
import { SharedRefresh } from './shared-refresh';

interface SharedStatusProps {
  readonly status: SharedStatusView;
  readonly now: Date;
}

/** Is it fine, since when, and how late: what whoever made the link wants seen, and nothing that helps elsewhere. */
export function SharedStatus({ status, now }: SharedStatusProps) {
  const { organizationName, routingName, label, stateSince, day, latency, promiseSeconds } = status;
  const arrival = arrivalSentence(day, promiseSeconds * 1_000);
  const hours = latestHours(status.hours);
  return (
    <>
      <SharedRefresh />
      <section aria-label="Status" className="rounded-card border border-border bg-surface p-4 sm:p-6">
        <p className="break-words text-muted text-sm">{organizationName}</p>
        <h1 className="break-words font-semibold text-lg">{routingName}</h1>
        <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1">
          <StatusBadge label={label} />
          <p className="text-muted text-sm">
            since <ExactTime at={new Date(stateSince)} now={now} />
          </p>
        </div>
        <p className="mt-3 max-w-[72ch] text-lg tabular-nums">
          {freshness(status)}
          {arrival === null ? null : ` ${arrival}`}
        </p>
      </section>
      <SharedFigures status={status} />
      {latency.total.rows === 0 ? null : (
        <SharedLatency latency={latency} flushIntervalMs={status.flushIntervalMs} />
      )}
      {hours.every(({ state }) => state === 'unknown') ? null : <SharedHours hours={hours} />}
      <p className="max-w-[72ch] text-muted text-sm">
        Shared by a link, read only, until <ExactTime at={new Date(status.expiresAt)} now={now} />. The
        figures are of <ExactTime at={now} now={now} /> and are read anew every minute.
      </p>
    </>
  );
}

function freshness({ freshnessMs, promiseSeconds }: SharedStatusView): string {
  if (freshnessMs === null) return 'Everything collected so far has been delivered.';
  const promiseMs = promiseSeconds * 1_000;
  const over = freshnessMs > promiseMs ? `, over the promise of ${formatDuration(promiseMs)}` : '';
  return `The oldest undelivered event is ${formatDuration(freshnessMs)} old${over}.`;
}
