import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import type { Sql } from '@/lib/platform/sql';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { readDelivered } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import {
  appendLines,
  createTestRouting,
  numberedLines,
  type TestRouting,
  testSealKeyPair,
  thisHourMs,
} from '@/lib/testing/routing';
import { startTestWorker } from '@/lib/testing/worker';
import { startWorkerProcess, type WorkerProcess } from '@/lib/testing/worker-process';
import { type CrashPoint, crashPointSchema } from './crash-points';

const HOUR_MS = 3_600_000;

let store: TestObjectStore;
beforeAll(async () => {
  store = await startTestObjectStore();
});
afterAll(() => store.close());

const running = new Set<WorkerProcess>();
// The tests run side by side: nobody kills another one's workers.
afterAll(() => {
  for (const worker of running) worker.kill('SIGKILL');
});

async function startWorker(
  database: TestDatabase,
  env: Readonly<Record<string, string>>,
): Promise<WorkerProcess> {
  const worker = await startWorkerProcess('worker', {
    DATABASE_URL: database.url,
    SLUICE_SEAL_PRIVATE_KEYS: testSealKeyPair().privateKeyPem,
    ...env,
  });
  running.add(worker);
  void worker.ended.then(() => running.delete(worker));
  return worker;
}

/** Lines of two hours, so that a cut has two files and each step of a file happens more than once. */
async function appendTwoHours(log: EventLog, routing: TestRouting, name: string): Promise<string[]> {
  const hourMs = thisHourMs();
  const early = numberedLines(`${name}-early`, 30);
  const late = numberedLines(`${name}-late`, 30);
  await appendLines(log, routing.streamId, early, { hourMs, linesPerChunk: 10 });
  await appendLines(log, routing.streamId, late, { hourMs: hourMs + HOUR_MS, linesPerChunk: 10 });
  return [...early, ...late];
}

/** As if the dead worker's ten seconds had passed. */
async function letLeasesEnd(sql: Sql): Promise<void> {
  await sql.query('UPDATE lane SET lease_until = NULL');
}

/** The points at which one worker after another dies. */
const CRASHES: readonly string[][] = [
  ...crashPointSchema.options.filter((point: CrashPoint) => point !== 'in_recovery').map((point) => [point]),
  ['after_seal', 'in_recovery'],
  ['during_put:2'],
  ['after_put_before_finish:2', 'after_put_before_finish'],
  ['after_finish_before_commit', 'in_recovery', 'after_commit'],
];

test.concurrent.each(CRASHES.map((points) => ({ points, where: points.join(', then ') })))(
  'killed at $where, the next worker delivers every line exactly once',
  async ({ points }) => {
    const database = await createTestDatabase();
    const { sql } = database;
    const log = createPostgresEventLog({ sql });
    const routing = await createTestRouting({ sql, store, flushIntervalMs: 300 });
    const watch = watchRouting(sql, routing);
    const lines = await appendTwoHours(log, routing, 'first');
    for (const [i, point] of points.entries()) {
      const victim = await startWorker(database, { SLUICE_CRASH_AT: point, SLUICE_WORKER_ID: `victim${i}` });
      expect(await victim.ended, victim.output()).toEqual({ code: null, signal: 'SIGKILL' });
      await letLeasesEnd(sql);
    }
    lines.push(...(await appendTwoHours(log, routing, 'second')));
    const successor = await startTestWorker({ database, workerId: 'successor' });
    await watch.untilCaughtUp(40_000);
    await watch.untilLifecycle('active');
    await successor.stop();
    const files = await readDelivered(store, sql, routing.prefix);
    expect(files.flatMap((file) => file.lines).sort()).toEqual([...lines].sort());
    await database.close();
  },
  90_000,
);

test.concurrent('a worker that is frozen in its PUT for longer than its lease doubles nothing when it wakes up', async () => {
  const database = await createTestDatabase();
  const { sql } = database;
  const log = createPostgresEventLog({ sql });
  const routing = await createTestRouting({ sql, store, flushIntervalMs: 300 });
  const watch = watchRouting(sql, routing);
  const { faultId } = store.control.faults.add({
    match: { operation: 'PutObject', prefix: routing.prefix },
    effect: { kind: 'hang', applied: false },
  });
  const zombie = await startWorker(database, { SLUICE_WORKER_ID: 'zombie' });
  const lines = await appendTwoHours(log, routing, 'first');
  await store.control.faults.waitForHits(faultId, 1, 40_000);
  zombie.kill('SIGSTOP');
  const successor = await startWorker(database, { SLUICE_WORKER_ID: 'successor' });
  await watch.untilCaughtUp(40_000);
  // The frozen PUT goes through only now, and its writer learns of it even later.
  store.control.faults.clear(faultId);
  zombie.kill('SIGCONT');
  lines.push(...(await appendTwoHours(log, routing, 'second')));
  await watch.untilCaughtUp(40_000);
  for (const worker of [zombie, successor]) {
    worker.kill('SIGTERM');
    expect(await worker.ended, worker.output()).toEqual({ code: 0, signal: null });
  }
  const files = await readDelivered(store, sql, routing.prefix);
  expect(files.flatMap((file) => file.lines).sort()).toEqual([...lines].sort());
  expect(new Set((await watch.attempts()).map((attempt) => attempt.worker_id))).toContain('successor');
  await database.close();
}, 90_000);

test('without a database a worker says so in one line and ends', async () => {
  const worker = await startWorkerProcess('worker', {
    DATABASE_URL: 'postgresql://nobody:hidden@127.0.0.1:1/none',
    SLUICE_SEAL_PRIVATE_KEYS: testSealKeyPair().privateKeyPem,
  });
  expect(await worker.ended).toEqual({ code: 1, signal: null });
  expect(worker.output().trim().split('\n')).toEqual([
    'The database at 127.0.0.1:1/none cannot be reached: connect ECONNREFUSED 127.0.0.1:1. Is it running, and is DATABASE_URL right?',
  ]);
});

test('an armed crash point outside demo mode is refused', async () => {
  const database = await createTestDatabase();
  const worker = await startWorkerProcess('worker', {
    DATABASE_URL: database.url,
    SLUICE_SEAL_PRIVATE_KEYS: testSealKeyPair().privateKeyPem,
    SLUICE_MODE: 'production',
    SLUICE_CRASH_AT: 'after_seal',
  });
  expect(await worker.ended).toEqual({ code: 1, signal: null });
  expect(worker.output()).toContain('SLUICE_CRASH_AT');
  await database.close();
});
