import { Redis } from 'ioredis';
import type { TestDatabase } from './database';

export interface QueueBackend {
  /** For `createQueues`: Redis when TEST_REDIS_URL is set, else the suite's database; keys of the suite's own. */
  readonly options: {
    readonly databaseUrl: string;
    readonly redisUrl: string | undefined;
    readonly redisPrefix: string;
  };
  /** Names of what is kept of a queue's jobs. */
  keptJobs(queueName: string): Promise<string[]>;
  /** Throws away every job, key and counter, as a backend does that was lost. */
  wipe(): Promise<void>;
  close(): Promise<void>;
}

const TABLES = `SELECT format('bullmq.%I', tablename) AS name FROM pg_tables
  WHERE schemaname = 'bullmq' AND tablename <> 'migration'`;

/** Where the suite's queues live, and how to look behind them. */
export function openQueueBackend(database: TestDatabase): QueueBackend {
  const redisUrl = process.env.TEST_REDIS_URL;
  const redisPrefix = new URL(database.url).pathname.slice(1);
  const options = { databaseUrl: database.url, redisUrl, redisPrefix };
  if (redisUrl === undefined) return { options, ...inPostgres(database), close: async () => undefined };
  const redis = new Redis(redisUrl);
  return {
    options,
    keptJobs: (queueName) => redis.keys(`${redisPrefix}:${queueName}:[0-9]*`),
    wipe: async () => {
      const keys = await redis.keys(`${redisPrefix}:*`);
      if (keys.length > 0) await redis.del(...keys);
    },
    close: async () => {
      await redis.quit();
    },
  };
}

function inPostgres({ sql }: TestDatabase): Pick<QueueBackend, 'keptJobs' | 'wipe'> {
  return {
    keptJobs: async (queueName) => {
      const { rows } = await sql.query<{ id: string }>('SELECT id FROM bullmq.job WHERE queue = $1', [
        queueName,
      ]);
      return rows.map((row) => row.id);
    },
    wipe: async () => {
      const { rows } = await sql.query<{ name: string }>(TABLES);
      // One statement each, and no table locks: TRUNCATE of several deadlocks with the queue at work.
      for (const { name } of rows) await sql.query(`DELETE FROM ${name}`);
    },
  };
}
