import { DatabaseClock } from '@/lib/platform/clock';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createLogger } from '@/lib/platform/logger';
import { createSql, readDatabaseMs } from '@/lib/platform/sql';
import { createCollector } from '@/workers/collector/collector';

/** What the collector of the benchmark answers to the message `look`. */
export interface CollectorFigures {
  readonly port: number;
  readonly cpuMicros: number;
  readonly residentBytes: number;
}

// A process of its own: its CPU time is that of collection alone.
const databaseUrl = process.env.DATABASE_URL ?? '';
const sql = createSql({ databaseUrl, applicationName: 'bench-collector', connectionsMax: 10 });
const clock = new DatabaseClock(() => readDatabaseMs(sql));
await clock.learn();
const collector = createCollector({
  sql,
  log: createPostgresEventLog({ sql }),
  clock,
  logger: createLogger('collector', 'error'),
  host: '127.0.0.1',
  port: 0,
});
await collector.start();

const look = (): CollectorFigures => {
  const { user, system } = process.cpuUsage();
  return { port: collector.port(), cpuMicros: user + system, residentBytes: process.memoryUsage.rss() };
};
process.on('message', () => process.send?.(look()));
process.send?.(look());
