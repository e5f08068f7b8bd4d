import { ChevronRight } from 'lucide-react';
import { ClockTime } from '@/components/time/clock-time';
import { ExactTime } from '@/components/time/exact-time';
import type { AuditView } from '@/lib/domain/audit/view';

interface AuditListProps {
  readonly events: readonly AuditView[];
  readonly now: Date;
  /** Whether rows of several organizations stand side by side. */
  readonly showsOrganization: boolean;
}

/** Who did what and when; a row opens to what was recorded, word for word. */
export function AuditList({ events, now, showsOrganization }: AuditListProps) {
  return (
    <ol aria-label="Recorded actions" className="rounded-card border border-border bg-surface text-sm">
      {events.map((event) => (
        <li key={event.id} className="border-border border-b last:border-b-0">
          <details className="group">
            <summary className="grid cursor-pointer list-none grid-cols-[1rem_minmax(0,1fr)] items-baseline gap-x-3 px-3 py-2 -outline-offset-2 hover:bg-raised sm:grid-cols-[1rem_9.5rem_minmax(0,1fr)_auto] pointer-coarse:py-3 [&::-webkit-details-marker]:hidden">
              <ChevronRight
                aria-hidden
                className="size-4 self-center text-muted transition-transform group-open:rotate-90"
              />
              <span className="text-muted tabular-nums">
                <ExactTime at={new Date(event.at)} now={now} />
              </span>
              <span className="col-start-2 min-w-0 break-words sm:col-start-3">
                <span className="font-medium">{event.actor}</span> {event.sentence}
              </span>
              {showsOrganization ? (
                <span className="col-start-2 min-w-0 max-w-48 truncate text-muted sm:col-start-4">
                  {event.organization?.name ?? 'Sluice itself'}
                </span>
              ) : null}
            </summary>
            <Recorded event={event} />
          </details>
        </li>
      ))}
    </ol>
  );
}

function Recorded({ event }: { readonly event: AuditView }) {
  const facts = [
    ['Action', event.action],
    ['On', event.target],
    ['Number', event.id],
    ...(event.hash === null ? [] : [['Chained', `${event.seq} ${event.hash}`] as const]),
  ] as const;
  return (
    <div className="grid gap-2 border-border border-t bg-raised px-3 py-3 sm:pl-10">
      <dl className="grid grid-cols-[5rem_minmax(0,1fr)] gap-x-3 gap-y-1 text-xs">
        <dt className="text-muted">At</dt>
        <dd>
          <ClockTime at={new Date(event.at)} isFull />
        </dd>
        {facts.map(([name, value]) => (
          <Fact key={name} name={name} value={value} />
        ))}
        {Object.entries(event.detail).map(([name, value]) => (
          <Fact key={name} name={name} value={typeof value === 'string' ? value : JSON.stringify(value)} />
        ))}
      </dl>
    </div>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt className="break-words text-muted">{name}</dt>
      <dd className="break-all font-mono">{value}</dd>
    </>
  );
}
