import { ExactTime } from '@/components/time/exact-time';
import { EmptyState } from '@/components/ui/empty-state';
import type { ActivityView } from '@/lib/domain/routing/view';
import { activitySentence, isToldByLabel } from './activity-sentence';

interface ActivityListProps {
  readonly activity: readonly ActivityView[];
  readonly now: Date;
}

/** What happened to the routing and who did it, newest first. */
export function ActivityList({ activity, now }: ActivityListProps) {
  const told = activity.filter((entry) => !isToldByLabel(entry));
  if (told.length === 0) return <EmptyState sentence="Nothing has happened yet." />;
  return (
    <ol className="divide-y divide-border rounded-card border border-border bg-surface">
      {told.map((entry) => (
        <li key={entry.id} className="flex flex-col gap-x-4 px-4 py-2 text-sm sm:flex-row">
          <span className="w-36 shrink-0 text-muted tabular-nums">
            <ExactTime at={new Date(entry.at)} now={now} />
          </span>
          <span className="min-w-0 flex-1 break-words">{activitySentence(entry)}</span>
          <span className="text-muted sm:max-w-48 sm:truncate">{entry.actor}</span>
        </li>
      ))}
    </ol>
  );
}
