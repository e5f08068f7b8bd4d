import { randomBytes } from 'node:crypto';
import { attachPartitions } from '@/lib/platform/event-log/partitions';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { measureAppends } from '@/lib/platform/metrics/measure-appends';
import { createCollector } from './collector/collector';
import { collectorCrashPointSchema, crashAroundAppends } from './collector/crash-points';
import type { ProcessParts } from './process-parts';
import { createPeriodic } from './runtime/periodic';
import { pointOfEnv } from './runtime/point-of-env';
import { createProcessRow } from './runtime/process-row';
import type { Service } from './runtime/service';

const PARTITIONS_PERIOD_MS = 3_600_000;

/** The services of a collector process. It prepares the log's partitions itself: collection waits for no worker. */
export async function buildCollector(parts: ProcessParts): Promise<Service[]> {
  const { env, sql, clock, logger, metrics, notReady } = parts;
  const preparePartitions = async () => {
    await attachPartitions(sql);
  };
  await preparePartitions();
  const log = measureAppends(createPostgresEventLog({ sql }), metrics.registry);
  const reach = pointOfEnv(env, collectorCrashPointSchema);
  const host = env.SLUICE_COLLECTOR_HOST;
  const port = env.SLUICE_COLLECTOR_PORT;
  return [
    createPeriodic({ name: 'partitions', periodMs: PARTITIONS_PERIOD_MS, run: preparePartitions, logger }),
    createCollector({
      sql,
      log: reach === null ? log : crashAroundAppends(log, reach),
      clock,
      logger,
      host,
      port,
    }),
    createProcessRow({ sql, logger, kind: 'collector', name: randomBytes(5).toString('hex'), notReady }),
  ];
}
