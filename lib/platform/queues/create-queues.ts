import type { JobDefinition } from '@/lib/domain/jobs/job-definition';
import type { Logger } from '@/lib/platform/logger';
import { openPostgresDriver } from './postgres-driver';
import type { DriverQueue, DriverWorker, QueueDriver } from './queue-driver';
import type { Consumer, Queues } from './queues';
import { openRedisDriver } from './redis-driver';

export interface QueuesOptions {
  readonly databaseUrl: string;
  /** Unset: the queue lives in Postgres. */
  readonly redisUrl: string | undefined;
  /** What the keys in Redis start with. */
  readonly redisPrefix: string;
  /** How many `consume` calls this process makes. */
  readonly consumersMax: number;
  readonly logger: Logger;
}

const STOP_DEADLINE_MS = 5_000;

/** The queues on Redis when there is one, else on Postgres. Rejects when the server cannot be reached. */
export async function createQueues(options: QueuesOptions): Promise<Queues> {
  const { databaseUrl, redisUrl, consumersMax, logger } = options;
  const driver = await (redisUrl === undefined
    ? openPostgresDriver({ databaseUrl, workersMax: consumersMax })
    : openRedisDriver(redisUrl, options.redisPrefix));
  const queues = new OpenQueues(driver, logger);
  const consumers = new Set<Consumer>();
  return {
    backend: redisUrl === undefined ? 'postgres' : 'redis',
    publish: async (definition, payloads, folding) => {
      const jobs = payloads.map((payload) => ({
        name: definition.name,
        data: { ...payload },
        opts: { removeOnComplete: true, removeOnFail: true, ...folded(definition, payload, folding) },
      }));
      if (jobs.length > 0) await queues.get(definition.name).addBulk(jobs);
    },
    countWaiting: (definition) => queues.get(definition.name).getWaitingCount(),
    oldestWaitingAtMs: (definition) => readOldestAtMs(queues.get(definition.name)),
    consume: (definition, { concurrency, handle }) => {
      const worker = driver.openWorker(definition.name, {
        concurrency,
        process: async (data) => {
          try {
            await handle(definition.payload.parse(data));
          } catch (err) {
            logger.error({ err, job: definition.name }, 'A job failed');
          }
        },
        onError: (err) => logger.warn({ err, job: definition.name }, 'A queue worker had an error'),
      });
      const consumer: Consumer = {
        stop: async (deadlineMs) => {
          consumers.delete(consumer);
          await stopWorker(worker, deadlineMs);
        },
      };
      consumers.add(consumer);
      return consumer;
    },
    close: async () => {
      await Promise.all([...consumers].map((consumer) => consumer.stop(STOP_DEADLINE_MS)));
      await queues.close();
      await driver.close();
    },
  };
}

/** Asks both ends of the line: the backends begin at different ones. */
async function readOldestAtMs(queue: DriverQueue): Promise<number | null> {
  const last = Math.max(0, (await queue.getWaitingCount()) - 1);
  const jobs = [...(await queue.getWaiting(0, 0)), ...(await queue.getWaiting(last, last))];
  return jobs.length === 0 ? null : Math.min(...jobs.map(({ timestamp }) => timestamp));
}

function folded<P extends object>(definition: JobDefinition<P>, payload: P, folding: 'fold' | 'always') {
  if (folding === 'always') return {};
  return { deduplication: { id: definition.dedupId(payload), ttl: definition.dedupTtlMs } };
}

/** Queues by name, opened at the first use. */
class OpenQueues {
  readonly #queues = new Map<string, DriverQueue>();

  constructor(
    private readonly driver: QueueDriver,
    private readonly logger: Logger,
  ) {}

  get(name: string): DriverQueue {
    const known = this.#queues.get(name);
    if (known !== undefined) return known;
    const queue = this.driver.openQueue(name, (err) =>
      this.logger.warn({ err, job: name }, 'A queue had an error'),
    );
    this.#queues.set(name, queue);
    return queue;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
  }
}

/** Closing waits for the jobs in hand; past the deadline they are left to die with the process. */
async function stopWorker(worker: DriverWorker, deadlineMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, deadlineMs);
  });
  await Promise.race([worker.close(deadlineMs === 0), expired]);
  clearTimeout(timer);
}
