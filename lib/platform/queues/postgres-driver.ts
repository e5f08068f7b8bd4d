import { createPostgresBackend, Queue, runMigrations, Worker } from 'bullmq';
import pg from 'pg';
import { queueConnections } from '@/lib/platform/connection-budget';
import { type QueueDriver, WORKER_SETTINGS } from './queue-driver';

const SCHEMA = 'bullmq';

export interface PostgresDriverOptions {
  readonly databaseUrl: string;
  /** Every worker listens on a connection of its own; see `queueConnections`. */
  readonly workersMax: number;
}

/**
 * BullMQ in Postgres, on one pool for all queues and workers of the process. Brings its schema up to date; rejects
 * when the database cannot be reached.
 */
export async function openPostgresDriver(options: PostgresDriverOptions): Promise<QueueDriver> {
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    application_name: 'sluice-queue',
    max: queueConnections(options.workersMax),
    options: `-c search_path=${SCHEMA}`,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 15_000,
    query_timeout: 20_000,
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
  });
  // An idle connection that breaks must not end the process, nor one that breaks while it is in use.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  // Every queue and worker on the pool listens for its errors.
  pool.setMaxListeners(50);
  try {
    await migrateQueueTables(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    openQueue: (name, onError) => {
      const queue = new Queue(name, { connection: pool }, createPostgresBackend);
      queue.on('error', onError);
      return queue;
    },
    openWorker: (name, { concurrency, process, onError }) => {
      const worker = new Worker(
        name,
        (job) => process(job.data),
        { ...WORKER_SETTINGS, connection: pool, concurrency },
        createPostgresBackend,
      );
      worker.on('error', onError);
      return worker;
    },
    close: () => pool.end(),
  };
}

async function migrateQueueTables(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await runMigrations(client, SCHEMA);
  } finally {
    client.release();
  }
}
