import { freePort } from '@/dev/debian/free-port';
import type { Sql } from '@/lib/platform/sql';
import { insertKey } from './collector';
import { type CollectorProcess, startCollectorProcess } from './collector-process';
import { watchRouting } from './delivery-state';
import type { TestObjectStore } from './object-store';
import { checkDelivered, type OracleVerdict } from './oracle';
import { type Producers, startProducers } from './producers';
import { createTestRouting, type TestRouting, testSealKeyPair } from './routing';
import { startWorkerProcess, type WorkerProcess } from './worker-process';

export interface PipelineOptions {
  readonly store: TestObjectStore;
  /** Looks at the database; not through what disturbs the processes. */
  readonly sql: Sql;
  /** What the processes are told. */
  readonly databaseUrl: string;
  /** Where the destination is, when that is not the store's own address. */
  readonly endpoint?: string;
  readonly flushIntervalMs?: number;
  readonly env?: Readonly<Record<string, string>>;
}

export interface FinishOptions {
  readonly deadlineMs?: number;
  /** Ids that others than the producers sent, acknowledged. */
  readonly acked?: readonly string[];
}

/** Producers, collectors and workers as processes of their own, and one routing through which everything goes. */
export interface Pipeline {
  readonly routing: TestRouting;
  readonly watch: ReturnType<typeof watchRouting>;
  readonly serverKey: string;
  /** Of the collector started last. */
  collectorUrl(): string;
  /** Of another version when its bundle is given. */
  startWorker(env?: Readonly<Record<string, string>>, bundle?: string): Promise<WorkerProcess>;
  /** At the port of the one before unless `another`. */
  startCollector(
    env?: Readonly<Record<string, string>>,
    another?: 'another',
    bundle?: string,
  ): Promise<CollectorProcess>;
  startProducers(kinds?: { keyed?: number; unkeyed?: number }): Producers;
  /** Stops all producers, waits until everything is delivered and judges it. */
  finish(options?: FinishOptions): Promise<OracleVerdict>;
  /** Kills what still runs. */
  close(): Promise<void>;
}

/** Lays the routing; starts no process. */
export async function openPipeline(options: PipelineOptions): Promise<Pipeline> {
  const { store, sql } = options;
  const place = { ...store, endpoint: options.endpoint ?? store.endpoint };
  const routing = await createTestRouting({
    sql,
    store: place,
    flushIntervalMs: options.flushIntervalMs ?? 300,
  });
  const serverKey = await insertKey(sql, 'server', routing.tenant);
  const watch = watchRouting(sql, routing);
  const running = new Set<WorkerProcess>();
  const producers: Producers[] = [];
  const ports = [await freePort()];
  const env = {
    DATABASE_URL: options.databaseUrl,
    SLUICE_SEAL_PRIVATE_KEYS: testSealKeyPair().privateKeyPem,
    ...options.env,
  };
  const keep = <T extends WorkerProcess>(started: T): T => {
    running.add(started);
    void started.ended.then(() => running.delete(started));
    return started;
  };
  return {
    routing,
    watch,
    serverKey,
    collectorUrl: () => `http://127.0.0.1:${ports[0]}`,
    startWorker: async (more = {}, bundle) =>
      keep(await startWorkerProcess('worker', { ...env, ...more }, { bundle })),
    startCollector: async (more = {}, another, bundle) => {
      if (another !== undefined) ports.unshift(await freePort());
      return keep(await startCollectorProcess({ ...env, ...more }, ports[0] ?? 0, { bundle }));
    },
    startProducers: ({ keyed = 3, unkeyed = 1 } = {}) => {
      const urls = () => ports.map((port) => `http://127.0.0.1:${port}`);
      const started = startProducers({ urls, serverKey, keyed, unkeyed, eventsPerRequest: 5 });
      producers.push(started);
      return started;
    },
    finish: async ({ deadlineMs = 90_000, acked = [] } = {}) => {
      await Promise.all(producers.map((one) => one.stop()));
      await watch.untilCaughtUp(deadlineMs);
      return checkDelivered({
        client: store.client,
        bucket: store.bucket,
        prefix: routing.prefix,
        sql,
        acked: [...acked, ...producers.flatMap((one) => [...one.acked])],
        unacked: producers.flatMap((one) => [...one.unacked]),
        writes: await store.countWrites(),
      });
    },
    close: async () => {
      for (const one of running) one.kill('SIGKILL');
      await Promise.all([...running].map((one) => one.ended));
    },
  };
}
