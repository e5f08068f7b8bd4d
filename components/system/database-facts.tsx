import { formatDuration } from '@/lib/domain/format/duration';
import type { QueueReport } from '@/lib/domain/system/process';
import type { DatabaseView } from '@/lib/domain/system/view';
import { FactList } from './fact-list';
import { Unknown } from './unknown';

/** Less than this is the way to the database and back. */
const CLOCK_NOISE_MS = 100;

export function DatabaseFacts({ database }: { readonly database: DatabaseView | null }) {
  if (database === null) return <Unknown />;
  const { clockAheadMs } = database;
  return (
    <FactList
      facts={[
        { name: 'Postgres', value: database.version },
        {
          name: 'Connections',
          value: `${database.connections} of ${database.connectionsMax}`,
          about: 'of every program on this server',
        },
        {
          name: 'Its clock against this web process',
          value:
            Math.abs(clockAheadMs) < CLOCK_NOISE_MS
              ? 'less than 0.1 s apart'
              : `${formatDuration(Math.abs(clockAheadMs))} ${clockAheadMs > 0 ? 'ahead' : 'behind'}`,
          about: 'decisions use the database’s clock only',
        },
      ]}
    />
  );
}

export function QueueFacts({ queue }: { readonly queue: QueueReport | null }) {
  return (
    <FactList
      facts={[
        { name: 'Backend', value: queue === null ? 'unknown' : BACKENDS[queue.backend] },
        {
          name: 'Waiting jobs',
          value: queue === null ? 'unknown' : queue.waiting,
          about: 'wake-ups; losing them delays work and loses nothing',
        },
        {
          name: 'Oldest waiting job',
          value:
            queue === null
              ? 'unknown'
              : queue.oldestAgeMs === null
                ? 'none'
                : formatDuration(queue.oldestAgeMs),
          about: 'as the worker heard of last says',
        },
      ]}
    />
  );
}

const BACKENDS: Readonly<Record<QueueReport['backend'], string>> = { postgres: 'Postgres', redis: 'Redis' };
