import type { WorkspaceTraffic } from '@/lib/domain/access/traffic';
import { formatCount, formatCountOf } from '@/lib/domain/format/count';
import { HourBars } from './hour-bars';

/** What a workspace sent in the last 24 hours: one sentence, and how it went. */
export function TrafficLine({ traffic }: { readonly traffic: WorkspaceTraffic }) {
  const accepted = traffic.acceptedByHour.reduce((sum, count) => sum + count, 0);
  const rejected = traffic.rejected.reduce((sum, { events24h }) => sum + events24h, 0);
  const isQuiet = accepted === 0 && rejected === 0;
  return (
    <div className="mb-3 flex flex-wrap items-end gap-x-6 gap-y-2">
      <p className="max-w-[72ch]">
        {isQuiet
          ? 'No event came in the last 24 h.'
          : `${formatCountOf(accepted, 'event')} accepted in the last 24 h${rejected === 0 ? ', none rejected.' : `, about ${formatCount(rejected)} rejected.`}`}
      </p>
      {isQuiet ? null : <HourBars counts={traffic.acceptedByHour} />}
    </div>
  );
}
