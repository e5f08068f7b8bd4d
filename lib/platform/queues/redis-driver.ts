import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { type QueueDriver, WORKER_SETTINGS } from './queue-driver';

/**
 * BullMQ in Redis; all keys start with `prefix`. Publishing fails fast while Redis is away, workers wait for it as
 * BullMQ demands.
 */
export async function openRedisDriver(redisUrl: string, prefix: string): Promise<QueueDriver> {
  const publishing = connect(redisUrl, 3);
  const working = connect(redisUrl, null);
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
      await Promise.all([publishing.quit(), working.quit()]);
    },
  };
}

function connect(redisUrl: string, maxRetriesPerRequest: number | null): Redis {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest, connectTimeout: 10_000, lazyConnect: true });
  // Errors reach the one who asked; the connection itself comes back on its own.
  redis.on('error', () => undefined);
  return redis;
}
