import { setTimeout as pause } from 'node:timers/promises';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { getRouting } from '@/lib/services/routing/get';
import { updateRouting } from '@/lib/services/routing/update';
import { adoptNewest } from './adopt-newest';
import { createCtxFactory } from './ctx';
import { createTestDatabase, type TestDatabase } from './database';
import { watchRouting } from './delivery-state';
import type { TestObjectStore } from './object-store';
import { checkDelivered, type OracleVerdict } from './oracle';
import {
  appendLines,
  createTestRouting,
  numberedLines,
  type TestRouting,
  testSealKeyPair,
  thisHourMs,
} from './routing';
import { startTestWorker } from './worker';
import { startWorkerProcess, type WorkerProcess } from './worker-process';

const HOUR_MS = 3_600_000;
const FEED_EVERY_MS = 100;
const LINES_PER_CHUNK = 4;
const END_DEADLINE_MS = 120_000;
const HOURS = [0, 1, 2];

/** A database with one routing at which worker processes die one after the other while lines come in. */
export interface CrashSite {
  readonly database: TestDatabase;
  readonly routing: TestRouting;
  readonly watch: ReturnType<typeof watchRouting>;
  /** A worker process of its own; ended with the site at the latest. */
  startWorker(env?: Readonly<Record<string, string>>): Promise<WorkerProcess>;
  /** Appends lines of three hours. */
  feed(name: string): Promise<void>;
  /** Does something again and again until the worker has ended; back-offs end meanwhile. */
  untilEnded(worker: WorkerProcess, provoke: (isOver: () => boolean) => Promise<void>): Promise<void>;
  /** As if the dead worker's lease and every back-off had passed. */
  letTimePass(): Promise<void>;
  /** What a person does who corrects where the files go: another folder under the routing's first prefix. */
  movePrefix(): Promise<void>;
  endBackOffs(): Promise<void>;
  hasOpenCut(): Promise<boolean>;
  /** Everything that came in is delivered, by a worker that nothing happens to. */
  catchUp(): Promise<void>;
  verdict(): Promise<OracleVerdict>;
  close(): Promise<void>;
}

/** Several sites share a store: each has a prefix of its own. */
export async function openCrashSite(store: TestObjectStore): Promise<CrashSite> {
  const database = await createTestDatabase();
  const { sql } = database;
  const log = createPostgresEventLog({ sql });
  const routing = await createTestRouting({ sql, store, flushIntervalMs: 100 });
  const watch = watchRouting(sql, routing);
  const running = new Set<WorkerProcess>();
  const acked: string[] = [];
  let feeds = 0;
  let moves = 0;
  const site: CrashSite = {
    database,
    routing,
    watch,
    startWorker: async (env = {}) => {
      const worker = await startWorkerProcess('worker', {
        DATABASE_URL: database.url,
        SLUICE_SEAL_PRIVATE_KEYS: testSealKeyPair().privateKeyPem,
        ...env,
      });
      running.add(worker);
      void worker.ended.then(() => running.delete(worker));
      return worker;
    },
    feed: async (name) => {
      feeds += 1;
      acked.push(...(await appendThreeHours(log, routing, `${name}-${feeds}`)));
    },
    untilEnded: async (worker, provoke) => {
      let isOver = false;
      void worker.ended.then(() => {
        isOver = true;
      });
      const endsAt = performance.now() + END_DEADLINE_MS;
      while (!isOver) {
        if (performance.now() > endsAt)
          throw new Error(`The worker lives on: ${worker.output().slice(-2_000)}`);
        await provoke(() => isOver);
        await site.endBackOffs();
        await Promise.race([worker.ended, pause(FEED_EVERY_MS)]);
      }
    },
    endBackOffs: async () => {
      await sql.query('UPDATE lane SET not_before = NULL WHERE not_before IS NOT NULL');
    },
    letTimePass: async () => {
      await sql.query('UPDATE lane SET lease_until = NULL, not_before = NULL');
    },
    movePrefix: async () => {
      moves += 1;
      await movePrefix(database, { store, routing }, `place-${moves}`);
    },
    hasOpenCut: async () => {
      const lane = await watch.lane();
      return lane.next > lane.done;
    },
    catchUp: async () => {
      await site.letTimePass();
      const worker = await startTestWorker({ database, workerId: 'successor' });
      await watch.untilCaughtUp(90_000);
      await worker.stop();
    },
    verdict: async () =>
      checkDelivered({
        client: store.client,
        bucket: store.bucket,
        prefix: routing.prefix,
        sql,
        acked,
        writes: await store.countWrites(),
      }),
    close: async () => {
      for (const worker of running) worker.kill('SIGKILL');
      await Promise.all([...running].map((worker) => worker.ended));
      await database.close();
    },
  };
  return site;
}

async function appendThreeHours(log: EventLog, routing: TestRouting, name: string): Promise<string[]> {
  const lines: string[] = [];
  // Looked up once: an hour that ended in between would leave a hole between the three.
  const hourMs = thisHourMs();
  for (const hour of HOURS) {
    const more = numberedLines(`${name}-h${hour}`, LINES_PER_CHUNK);
    await appendLines(log, routing.streamId, more, { hourMs: hourMs + hour * HOUR_MS });
    lines.push(...more.map((line) => (JSON.parse(line) as { id: string }).id));
  }
  return lines;
}

async function movePrefix(
  database: TestDatabase,
  { store, routing }: { store: TestObjectStore; routing: TestRouting },
  folder: string,
): Promise<void> {
  const admin = await createCtxFactory(database).ctxOf('admin');
  const ctx = { ...admin, allowedEndpoints: [store.endpoint] };
  const { routingId } = routing;
  const { name, version, promiseSeconds, ...now } = await getRouting({ ctx, input: { routingId } });
  const { endpoint, bucket, region } = now.destination;
  const place = { endpoint, bucket, region, prefix: `${routing.prefix}${folder}/`, kmsKeyArn: '' };
  const dataTypes = [...now.dataTypes];
  const timing = { promiseSeconds, flushIntervalMs: 5_000 };
  await updateRouting({ ctx, input: { routingId, version, name, dataTypes, ...timing, ...place } });
  await adoptNewest(database.sql, routingId);
  await database.sql.query('UPDATE routing SET flush_interval_ms = 100 WHERE id = $1', [routingId]);
}
