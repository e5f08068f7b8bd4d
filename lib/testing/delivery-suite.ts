import type { EventLog } from '@/lib/platform/event-log/event-log';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createTestDatabase, type TestDatabase } from './database';
import { startTestObjectStore, type TestObjectStore } from './object-store';
import { startTestWorker, type TestWorker, type TestWorkerOptions } from './worker';

export interface DeliverySuite {
  readonly database: TestDatabase;
  readonly store: TestObjectStore;
  readonly log: EventLog;
  readonly worker: TestWorker;
  /** Ends the workers first, then what they use. */
  close(): Promise<void>;
}

export interface DeliverySuiteOptions extends Pick<TestWorkerOptions, 'slots'> {
  readonly workers?: number;
}

/** A database, an S3 stand-in and workers `w1`, `w2`, … between them, for suites that watch lines arrive. */
export async function createDeliverySuite(options: DeliverySuiteOptions = {}): Promise<DeliverySuite> {
  const { workers: count = 1, ...workerOptions } = options;
  const database = await createTestDatabase({ connectionsMax: 20 });
  const store = await startTestObjectStore();
  const start = (index: number) => startTestWorker({ database, workerId: `w${index + 1}`, ...workerOptions });
  const worker = await start(0);
  const others = await Promise.all(Array.from({ length: count - 1 }, (_, index) => start(index + 1)));
  return {
    database,
    store,
    log: createPostgresEventLog({ sql: database.sql }),
    worker,
    close: async () => {
      await Promise.all([worker, ...others].map((one) => one.stop()));
      await store.close();
      await database.close();
    },
  };
}
