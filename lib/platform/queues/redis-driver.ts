import { Queue, Worker } from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import { type QueueDriver, WORKER_SETTINGS } from './queue-driver';

/** Of each command on the connection that publishes; a blocking read of a worker may rightly take longer. */
const COMMAND_TIMEOUT_MS = 10_000;

/**
 * BullMQ in Redis; all keys start with `prefix`. Publishing fails fast while Redis is away or mute, workers wait for
 * it as BullMQ demands.
 */
export async function openRedisDriver(
  redisUrl: string,
  prefix: string,
  commandTimeoutMs = COMMAND_TIMEOUT_MS,
): Promise<QueueDriver> {
  const publishing = connect(redisUrl, { maxRetriesPerRequest: 3, commandTimeout: commandTimeoutMs });
  const working = connect(redisUrl, { maxRetriesPerRequest: null });
  try {
    await Promise.all([publishing.connect(), working.connect()]);
  } catch (error) {
    publishing.disconnect();
    working.disconnect();
    throw error;
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
      await Promise.all([hangUp(publishing), working.quit()]);
    },
  };
}

/** A server that has fallen silent does not answer the farewell either. */
async function hangUp(redis: Redis): Promise<void> {
  try {
    await redis.quit();
  } catch {
    redis.disconnect();
  }
}

function connect(
  redisUrl: string,
  options: Pick<RedisOptions, 'maxRetriesPerRequest' | 'commandTimeout'>,
): Redis {
  const redis = new Redis(redisUrl, { ...options, connectTimeout: 10_000, lazyConnect: true });
  // Errors reach the one who asked; the connection itself comes back on its own.
  redis.on('error', () => undefined);
  return redis;
}
