import { Queue, Worker } from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import { type QueueDriver, WORKER_SETTINGS } from './queue-driver';

/** Of each command on the connection that publishes; a blocking read of a worker may rightly take longer. */
const COMMAND_TIMEOUT_MS = 10_000;
/** How long a lost server is left alone between two tries at the most. */
const RETRY_EVERY_MS = 1_000;
const FAREWELL_MS = 1_000;

/**
 * BullMQ in Redis; all keys start with `prefix`. Publishing fails fast while Redis is away or mute, workers wait for
 * it as BullMQ demands. Rejects with one sentence, without the password, when Redis cannot be reached.
 */
export async function openRedisDriver(
  redisUrl: string,
  prefix: string,
  commandTimeoutMs = COMMAND_TIMEOUT_MS,
): Promise<QueueDriver> {
  // BullMQ names the connections that it opens besides after the same prefix.
  const named = { connectionName: prefix };
  const publishing = open(redisUrl, {
    ...named,
    maxRetriesPerRequest: 3,
    commandTimeout: commandTimeoutMs,
  });
  const working = open(redisUrl, { ...named, maxRetriesPerRequest: null });
  let reason: Error | undefined;
  publishing.once('error', (error) => {
    reason = error;
  });
  try {
    await Promise.all([publishing.connect(), working.connect()]);
  } catch (cause) {
    publishing.disconnect();
    working.disconnect();
    throw unreachable(redisUrl, reason ?? cause);
  }
  return {
    openQueue: (name, onError) => {
      const queue = new Queue(name, { connection: publishing, prefix });
      queue.on('error', onError);
      return queue;
    },
    openWorker: (name, { concurrency, process, onError }) => {
      const worker = new Worker(name, (job) => process(job.data), {
        ...WORKER_SETTINGS,
        connection: working,
        prefix,
        concurrency,
      });
      worker.on('error', onError);
      return worker;
    },
    close: async () => {
      await Promise.all([hangUp(publishing), hangUp(working)]);
    },
  };
}

/** A server that is away or has fallen silent does not answer the farewell either. */
async function hangUp(redis: Redis): Promise<void> {
  const timer = setTimeout(() => redis.disconnect(), FAREWELL_MS);
  try {
    await redis.quit();
  } catch {
    redis.disconnect();
  } finally {
    clearTimeout(timer);
  }
}

function unreachable(redisUrl: string, cause: unknown): Error {
  const address = URL.canParse(redisUrl) ? new URL(redisUrl).host : 'REDIS_URL';
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Error(
    `The Redis at ${address} cannot be reached: ${reason}. Is it running, and is REDIS_URL right?`,
    { cause },
  );
}

function open(
  redisUrl: string,
  options: Pick<RedisOptions, 'connectionName' | 'maxRetriesPerRequest' | 'commandTimeout'>,
): Redis {
  const retryStrategy = (tries: number) => Math.min(tries * 50, RETRY_EVERY_MS);
  const redis = new Redis(redisUrl, { ...options, retryStrategy, connectTimeout: 10_000, lazyConnect: true });
  // Errors reach the one who asked; the connection itself comes back on its own.
  redis.on('error', () => undefined);
  return redis;
}
