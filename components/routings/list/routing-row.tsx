import { AlarmClock } from 'lucide-react';
import type { ComponentProps } from 'react';
import { LiveFigure } from '@/components/live/live-figure';
import { StatusBadge } from '@/components/routings/status-badge';
import { RelativeTime } from '@/components/time/relative-time';
import { cn } from '@/components/ui/cn';
import { formatAge } from '@/lib/domain/format/duration';
import { formatShare } from '@/lib/domain/format/share';
import { isUnstarted } from '@/lib/domain/routing/label';
import type { ListedRouting } from '@/lib/domain/routing/listed-routing';
import { nextStep } from '@/lib/domain/routing/next-step';
import { COLUMNS } from './columns';
import { HeldCell } from './held-cell';
import { PeekLink } from './peek-link';
import { PeekRow } from './peek-row';
import { Sparkline } from './sparkline';

interface RoutingRowProps {
  readonly routing: ListedRouting;
  /** The list with this routing in the side panel. */
  readonly href: string;
  readonly now: Date;
  readonly isCustomer: boolean;
}

/** A cell that is half of a line on a phone and a cell of a row elsewhere. */
const LINE = 'h-auto self-center pointer-coarse:h-auto sm:h-9 sm:pointer-coarse:h-11';
const NONE = <span className="text-muted">–</span>;

export function RoutingRow({ routing, href, now, isCustomer }: RoutingRowProps) {
  const { day, promiseSeconds, lifecycle } = routing;
  const step = nextStep(routing, { isCustomer });
  const isDelivering = !isUnstarted(lifecycle) && lifecycle !== 'disabled' && lifecycle !== 'archived';
  return (
    <PeekRow id={routing.id}>
      <Cell className={cn(LINE, COLUMNS.status.className, 'w-auto sm:w-44')}>
        <StatusBadge label={routing.label} />
      </Cell>
      <Cell className={cn(LINE, 'text-right text-muted sm:text-left')}>
        <Since routing={routing} now={now} />
      </Cell>
      <Cell className={cn(LINE, 'min-w-0')}>
        <PeekLink
          id={routing.id}
          href={href}
          title={`${routing.organization.name} · ${routing.name}`}
          className="flex gap-1 font-medium -outline-offset-2"
        >
          <span className="min-w-0 max-w-[45%] truncate font-normal text-muted">
            {routing.organization.name}
          </span>
          <span className="font-normal text-muted">·</span>
          <span className="min-w-0 flex-1 truncate">{routing.name}</span>
        </PeekLink>
      </Cell>
      <Cell className={cn(LINE, 'whitespace-nowrap text-right sm:text-left')}>
        {isDelivering ? (
          <span className={routing.freshnessMs === null ? 'text-muted' : undefined}>
            <LiveFigure figure="freshness" routing={routing} />
          </span>
        ) : (
          NONE
        )}
      </Cell>
      <Cell className={COLUMNS.day.className}>
        {day === null ? NONE : <Sparkline values={day.hourlyP95} promiseMs={promiseSeconds * 1_000} />}
      </Cell>
      <Cell className={cn(COLUMNS.share.className, 'whitespace-nowrap')}>
        {day === null ? NONE : (formatShare(day.withinRows, day.rows) ?? NONE)}
      </Cell>
      <Cell className={cn(COLUMNS.held.className, 'whitespace-nowrap')}>
        <HeldCell routing={routing} now={now} />
      </Cell>
      <Cell className={cn(COLUMNS.next.className, 'truncate')}>
        <span title={step} className={routing.whoseMove === 'nobody' ? 'text-muted' : undefined}>
          {step}
        </span>
      </Cell>
    </PeekRow>
  );
}

function Cell({ className, ...props }: ComponentProps<'td'>) {
  return (
    <td
      className={cn(
        'h-9 px-3 py-0.5 group-last:border-b-0 sm:border-border sm:border-b pointer-coarse:h-11',
        className,
      )}
      {...props}
    />
  );
}

function Since({ routing, now }: Pick<RoutingRowProps, 'routing' | 'now'>) {
  const { stateSince, stuckSince } = routing;
  if (stuckSince === null) return <RelativeTime at={new Date(stateSince)} now={now} suffix="" />;
  const stuck = `stuck for ${formatAge(now.getTime() - Date.parse(stuckSince))}`;
  return (
    <span className="inline-flex items-center gap-1 align-middle text-warn" title={stuck}>
      <AlarmClock aria-hidden className="size-4 shrink-0" />
      <span className="sr-only">{stuck}, since</span>
      <RelativeTime at={new Date(stateSince)} now={now} suffix="" />
    </span>
  );
}
