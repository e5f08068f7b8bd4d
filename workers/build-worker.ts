import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { lookAtBehindLane, lookAtLane } from '@/lib/domain/jobs/look-at-lane';
import type { Clock } from '@/lib/platform/clock';
import type { Env } from '@/lib/platform/env';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import type { Logger } from '@/lib/platform/logger';
import { createS3ObjectStore } from '@/lib/platform/object-store/s3-object-store';
import { createQueues } from '@/lib/platform/queues/create-queues';
import { createOpener } from '@/lib/platform/secret-box/opener';
import type { Sql } from '@/lib/platform/sql';
import { createDeliveryLedger } from '@/lib/services/delivery/create-delivery-ledger';
import { armCrashPoint, type CrashPoints, NO_CRASH_POINTS } from './delivery/crash-points';
import { createDeliveryService } from './delivery/create-delivery-service';
import type { DeliveryDeps } from './delivery/delivery-deps';
import { DISPATCH_PERIOD_MS, dispatchRound } from './delivery/dispatch-round';
import { createHousekeeping } from './delivery/housekeeping';
import { sendInHalves } from './delivery/send-in-halves';
import { ByteBudget } from './runtime/byte-budget';
import { createPeriodic } from './runtime/periodic';
import type { Service } from './runtime/service';

const MIB = 1024 * 1024;
const BUDGET_BYTES = 96 * MIB;
const CONSUMERS = 2;

export interface WorkerParts {
  readonly env: Env;
  readonly sql: Sql;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The services of a worker process: delivery, dispatch and housekeeping. */
export async function buildWorker({ env, sql, clock, logger }: WorkerParts): Promise<Service[]> {
  if (env.SLUICE_SEAL_PRIVATE_KEYS === undefined) {
    throw new Error('SLUICE_SEAL_PRIVATE_KEYS is not set: a worker without it cannot open any credential.');
  }
  const opener = createOpener(env.SLUICE_SEAL_PRIVATE_KEYS);
  const crashPoints = crashPointsOf(env);
  const store = createS3ObjectStore(
    env.SLUICE_CRASH_AT === undefined ? {} : { sendBody: (body) => sendInHalves(body, crashPoints) },
  );
  const queues = await createQueues({
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    consumersMax: CONSUMERS,
    logger,
  });
  const workerId = env.SLUICE_WORKER_ID ?? newWorkerId();
  const deps: DeliveryDeps = {
    ledger: createDeliveryLedger(sql),
    log: createPostgresEventLog({ sql }),
    store,
    openCredential: (row) => opener.openCredential(row),
    wakeUp: (job, share) => queues.publish(share === 'half' ? lookAtBehindLane : lookAtLane, [job], 'always'),
    clock,
    random: Math.random,
    newFileId: randomUUID,
    sha256Hex: (text) => createHash('sha256').update(text).digest('hex'),
    budget: new ByteBudget(BUDGET_BYTES),
    crashPoints,
    workerId,
    logger: logger.child({ workerId }),
  };
  return [
    closingService('object-store', async () => store.close()),
    closingService('queues', () => queues.close()),
    createDeliveryService(deps, queues),
    createPeriodic({
      name: 'dispatch',
      periodMs: DISPATCH_PERIOD_MS,
      run: () => dispatchRound(sql, queues),
      logger,
    }),
    ...createHousekeeping({ sql, clock, logger, workerId }),
  ];
}

/** Something that is open already and is let go of after the services behind it. */
function closingService(name: string, close: () => Promise<void>): Service {
  return { name, start: async () => undefined, isReady: () => true, stop: close };
}

function newWorkerId(): string {
  return randomBytes(5).toString('hex');
}

function crashPointsOf(env: Env): CrashPoints {
  if (env.SLUICE_CRASH_AT === undefined) return NO_CRASH_POINTS;
  if (env.SLUICE_MODE !== 'demo') throw new Error('SLUICE_CRASH_AT is for tests; unset it.');
  return armCrashPoint(env.SLUICE_CRASH_AT, () => process.kill(process.pid, 'SIGKILL'));
}
