import { ExactTime } from '@/components/time/exact-time';
import type { ActivityView } from '@/lib/domain/routing/view';
import { activitySentence } from './activity-sentence';

interface ActivityListProps {
  readonly activity: readonly ActivityView[];
  readonly now: Date;
}

/** What happened to the routing and who did it, newest first. */
export function ActivityList({ activity, now }: ActivityListProps) {
  return (
    <ol className="divide-y divide-border rounded-card border border-border bg-surface">
      {activity.map((entry) => (
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
