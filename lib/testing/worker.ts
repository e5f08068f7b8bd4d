import { DatabaseClock } from '@/lib/platform/clock';
import { WORKER_CONSUMERS } from '@/lib/platform/connection-budget';
import { createLogger } from '@/lib/platform/logger';
import type { ObjectStore } from '@/lib/platform/object-store/object-store';
import { createS3ObjectStore } from '@/lib/platform/object-store/s3-object-store';
import { createQueues } from '@/lib/platform/queues/create-queues';
import type { Queues } from '@/lib/platform/queues/queues';
import { createOpener } from '@/lib/platform/secret-box/opener';
import { createSql, readDatabaseMs } from '@/lib/platform/sql';
import { createRoleSessions } from '@/lib/platform/sts/create-role-sessions';
import type { AwsIdentity } from '@/lib/platform/sts/sts-clients';
import { createDeliveryLedger } from '@/lib/services/delivery/create-delivery-ledger';
import type { DeliveryLedger } from '@/lib/services/delivery/delivery-ledger';
import { NO_CRASH_POINTS } from '@/workers/delivery/crash-points';
import type { DeliverySlots } from '@/workers/delivery/create-delivery-service';
import { createWorkerServices } from '@/workers/delivery/create-worker-services';
import type { ByteBudget } from '@/workers/runtime/byte-budget';
import { createClockService } from '@/workers/runtime/database-clock-service';
import { Supervisor } from '@/workers/runtime/supervisor';
import type { TestDatabase } from './database';
import { openQueueBackend } from './queue-backend';
import { testSealKeyPair } from './routing';

export interface TestWorker {
  readonly queues: Queues;
  stop(): Promise<void>;
}

export interface TestWorkerOptions {
  readonly database: TestDatabase;
  readonly workerId: string;
  /** Wraps the object store, to watch or disturb it. */
  readonly wrapStore?: (store: ObjectStore) => ObjectStore;
  readonly slots?: DeliverySlots;
  readonly budget?: ByteBudget;
  /** Takes on roles, also at the stand-in's STS; none when absent. */
  readonly identity?: AwsIdentity;
  /** The queue lives in this Redis. */
  readonly redisUrl?: string;
  /** Wraps the ledger, to lose replies. */
  readonly wrapLedger?: (ledger: DeliveryLedger) => DeliveryLedger;
}

/** A whole worker inside the test's process, with connections of its own; several of them compete as processes do. */
export async function startTestWorker(options: TestWorkerOptions): Promise<TestWorker> {
  const logger = createLogger('worker', process.env.TEST_LOG_LEVEL ?? 'silent');
  const databaseUrl = options.database.url;
  const sql = createSql({ databaseUrl, applicationName: 'test-worker', connectionsMax: 8 });
  const backend = openQueueBackend(options.database, options.redisUrl);
  const queues = await createQueues({ ...backend.options, consumersMax: WORKER_CONSUMERS, logger });
  const clock = new DatabaseClock(() => readDatabaseMs(sql));
  const s3 = createS3ObjectStore();
  const identity = options.identity ?? null;
  const roles = createRoleSessions({ identity, clock, asksOwnStores: true });
  const ledger = createDeliveryLedger(sql);
  const services = createWorkerServices({
    sql,
    queues,
    store: options.wrapStore?.(s3) ?? s3,
    opener: createOpener(testSealKeyPair().privateKeyPem),
    roles,
    clock,
    logger,
    crashPoints: NO_CRASH_POINTS,
    workerId: options.workerId,
    ledger: options.wrapLedger?.(ledger) ?? ledger,
    ...(options.slots === undefined ? {} : { slots: options.slots }),
    ...(options.budget === undefined ? {} : { budget: options.budget }),
  });
  const supervisor = new Supervisor([createClockService(clock, logger), ...services], logger);
  await supervisor.start(10_000);
  return {
    queues,
    stop: async () => {
      await supervisor.stop(10_000);
      await queues.close();
      await backend.close();
      s3.close();
      roles.close();
      await sql.end();
    },
  };
}
