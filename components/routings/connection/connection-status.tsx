import { moverText } from '@/components/routings/mover';
import { StatusBadge } from '@/components/routings/status-badge';
import { ExactTime } from '@/components/time/exact-time';
import { RelativeTime } from '@/components/time/relative-time';
import type { RoutingView } from '@/lib/domain/routing/view';

interface ConnectionStatusProps {
  readonly routing: RoutingView;
  readonly now: Date;
  readonly isCustomer: boolean;
}

/** The routing's status, since when, and whose move it is. */
export function ConnectionStatus({ routing, now, isCustomer }: ConnectionStatusProps) {
  const since = new Date(routing.stateSince);
  return (
    <section aria-label="Status" className="mb-8 flex flex-wrap items-center gap-x-3 gap-y-2">
      <StatusBadge label={routing.label} />
      <p className="text-muted text-sm">
        since <ExactTime at={since} now={now} /> (<RelativeTime at={since} now={now} suffix="" />) ·{' '}
        {moverText(routing.whoseMove, isCustomer)}
      </p>
    </section>
  );
}
