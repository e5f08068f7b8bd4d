import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import type { ProcessParts } from './build-worker';
import { createCollector } from './collector/collector';
import type { Service } from './runtime/service';

/** The services of a collector process. */
export async function buildCollector({ env, sql, clock, logger }: ProcessParts): Promise<Service[]> {
  const host = env.SLUICE_COLLECTOR_HOST;
  const port = env.SLUICE_COLLECTOR_PORT;
  return [createCollector({ sql, log: createPostgresEventLog({ sql }), clock, logger, host, port })];
}
