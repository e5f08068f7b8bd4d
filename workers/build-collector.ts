import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createCollector } from './collector/collector';
import type { ProcessParts } from './process-parts';
import type { Service } from './runtime/service';

/** The one service of a collector process. */
export function buildCollector({ env, sql, clock, logger }: ProcessParts): Service {
  return createCollector({
    sql,
    log: createPostgresEventLog({ sql, clock }),
    clock,
    logger,
    host: env.SLUICE_COLLECTOR_HOST,
    port: env.SLUICE_COLLECTOR_PORT,
  });
}
