import { RETENTION_DAYS } from '@/lib/domain/chunk/retention';
import { formatBytes } from '@/lib/domain/format/bytes';
import { formatCount, formatCountOf } from '@/lib/domain/format/count';
import type { EventLogView } from '@/lib/domain/system/view';
import { FactList } from './fact-list';
import { Unknown } from './unknown';

/** The event log: what it holds and what it takes. */
export function LogFacts({ log }: { readonly log: EventLogView | null }) {
  if (log === null) return <Unknown />;
  return (
    <FactList
      facts={[
        {
          name: 'On disk',
          value: formatBytes(log.diskBytes),
          about: 'Free room: unknown, Postgres does not tell',
        },
        {
          name: 'Kept events',
          value: formatCount(log.keptEvents),
          about: `in ${formatCountOf(log.keptChunks, 'chunk')}; ${formatCount(log.acceptedEvents)} accepted ever`,
        },
        {
          name: 'Partitions',
          value: formatCount(log.partitions),
          about: log.oldestDay === null ? 'all of them empty' : `the oldest day is ${log.oldestDay} (UTC)`,
        },
        {
          name: 'Retention',
          value: formatCountOf(RETENTION_DAYS, 'day'),
          about: 'whether delivered or not',
        },
      ]}
    />
  );
}
