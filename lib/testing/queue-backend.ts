import { Redis } from 'ioredis';
import type { TestDatabase } from './database';

/** Where the queues of a suite are, for `createQueues`. */
export interface QueueOptions {
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  readonly redisPrefix: string;
}

export interface QueueBackend {
  readonly options: QueueOptions;
  /** Names of what is kept of a queue's jobs. */
  keptJobs(queueName: string): Promise<string[]>;
  /** How many connections to its server the suite's queues hold. */
  countConnections(): Promise<number>;
  /** Throws away every job, key and counter, as a backend does that was lost. */
  wipe(): Promise<void>;
  close(): Promise<void>;
}

const TABLES = `SELECT format('bullmq.%I', tablename) AS name FROM pg_tables
  WHERE schemaname = 'bullmq' AND tablename <> 'migration'`;

/** In Redis when TEST_REDIS_URL is set, under keys of the suite's own; else in the suite's database. */
export function queueOptions(databaseUrl: string, redisUrl = process.env.TEST_REDIS_URL): QueueOptions {
  const redisPrefix = URL.canParse(databaseUrl) ? new URL(databaseUrl).pathname.slice(1) : '';
  return { databaseUrl, redisUrl, redisPrefix };
}

/** Where the suite's queues live, and how to look behind them; `redisUrl` names a Redis of the suite's own. */
export function openQueueBackend(database: TestDatabase, redisUrl?: string): QueueBackend {
  const options = queueOptions(database.url, redisUrl);
  if (options.redisUrl === undefined)
    return { options, ...inPostgres(database), close: async () => undefined };
  const { redisPrefix } = options;
  const redis = new Redis(options.redisUrl);
  redis.on('error', () => undefined);
  return {
    options,
    keptJobs: (queueName) => redis.keys(`${redisPrefix}:${queueName}:[0-9]*`),
    countConnections: async () => {
      const clients = String(await redis.client('LIST'));
      return clients.split('\n').filter((client) => client.includes(` name=${redisPrefix}`)).length;
    },
    wipe: async () => {
      const keys = await redis.keys(`${redisPrefix}:*`);
      if (keys.length > 0) await redis.del(...keys);
    },
    close: async () => {
      await redis.quit();
    },
  };
}

function inPostgres({ sql }: TestDatabase): Pick<QueueBackend, 'keptJobs' | 'countConnections' | 'wipe'> {
  return {
    keptJobs: async (queueName) => {
      const { rows } = await sql.query<{ id: string }>('SELECT id FROM bullmq.job WHERE queue = $1', [
        queueName,
      ]);
      return rows.map((row) => row.id);
    },
    countConnections: async () => {
      const { rows } = await sql.query<{ connections: number }>(
        `SELECT count(*)::int AS connections FROM pg_stat_activity
         WHERE datname = current_database() AND application_name NOT IN ('test', '')`,
      );
      return rows[0]?.connections ?? 0;
    },
    wipe: async () => {
      const { rows } = await sql.query<{ name: string }>(TABLES);
      // One statement each, and no table locks: TRUNCATE of several deadlocks with the queue at work.
      for (const { name } of rows) await sql.query(`DELETE FROM ${name}`);
    },
  };
}
