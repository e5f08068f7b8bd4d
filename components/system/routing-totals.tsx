import { StatusBadge } from '@/components/routings/status-badge';
import { EmptyState } from '@/components/ui/empty-state';
import { formatCount } from '@/lib/domain/format/count';
import type { SystemView } from '@/lib/domain/system/view';
import { Unknown } from './unknown';

/** How many routings have which status, the worst first. */
export function RoutingTotals({ routings }: Pick<SystemView, 'routings'>) {
  if (routings === null) return <Unknown />;
  if (routings.length === 0) return <EmptyState sentence="There is no routing yet." />;
  return (
    <ul className="flex flex-wrap gap-x-6 gap-y-3 rounded-card border border-border bg-surface p-4">
      {routings.map(({ label, count }) => (
        <li key={label} className="flex items-center gap-2">
          <StatusBadge label={label} />
          <span className="font-medium tabular-nums">{formatCount(count)}</span>
        </li>
      ))}
    </ul>
  );
}
