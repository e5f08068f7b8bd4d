import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '@/lib/platform/db/migrate';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { openPipeline, type Pipeline } from '@/lib/testing/pipeline';
import { buildCommit } from '@/lib/testing/previous-build';
import { waitUntil } from '@/lib/testing/wait-until';
import type { WorkerProcess } from '@/lib/testing/worker-process';

/** The oldest version that may run beside this one; moved on when that one is given up. */
const OLDEST_BESIDE = '6a28c3cf76909a83b8e6ea0840a2b89976257bb5';
const isTier2 = process.env.SLUICE_TEST_TIER2 === '1';
const older = isTier2 ? await buildCommit(OLDEST_BESIDE) : null;

describe.runIf(older !== null)('an older build and this one', () => {
  let database: TestDatabase;
  let store: TestObjectStore;
  let pipeline: Pipeline;
  const outputs: (() => string)[] = [];
  beforeAll(async () => {
    database = await createTestDatabase({ isEmpty: true });
    store = await startTestObjectStore();
    await migrate({ databaseUrl: database.url, directory: older?.migrations ?? '' });
    pipeline = await openPipeline({ store, sql: database.sql, databaseUrl: database.url });
  });
  afterAll(async () => {
    await pipeline.close();
    await store.close();
    await database.close();
  });

  async function untilMoving(): Promise<void> {
    const before = await pipeline.watch.lane();
    const isMoved = async () => {
      const lane = await pipeline.watch.lane();
      return lane.head > before.head && lane.done > before.head;
    };
    await waitUntil('lines are delivered', isMoved, 90_000);
  }

  /** A worker and a collector of one version, under the worker's name. */
  async function start(workerId: string, bundle?: string): Promise<WorkerProcess[]> {
    const started = [
      await pipeline.startWorker({ SLUICE_WORKER_ID: workerId }, bundle),
      await pipeline.startCollector({}, 'another', bundle),
    ];
    outputs.push(...started.map(({ output }) => output));
    return started;
  }

  async function untilDelivers(workerId: string): Promise<void> {
    const delivers = async () =>
      (await pipeline.watch.attempts()).some((attempt) => attempt.worker_id === workerId);
    await waitUntil(`${workerId} delivers`, delivers, 90_000);
  }

  async function end(processes: readonly WorkerProcess[], signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    for (const one of processes) one.kill(signal);
    const how = signal === 'SIGKILL' ? { code: null, signal } : { code: 0, signal: null };
    for (const one of processes) expect(await one.ended, one.output()).toEqual(how);
  }

  test('the older one runs on through the migrations and beside this one, both are killed and take over from each other: no line is lost or doubled', async () => {
    const before = await start('older', older?.bundle);
    const producers = pipeline.startProducers();
    await untilMoving();
    const applied = await migrate({ databaseUrl: database.url, directory: 'prisma/migrations' });
    expect(applied).not.toEqual([]);
    await untilMoving();
    const newer = await start('newer');
    await untilDelivers('newer');
    await end(before, 'SIGKILL');
    await untilMoving();
    const again = await start('older2', older?.bundle);
    await untilDelivers('older2');
    await end(newer, 'SIGKILL');
    await untilMoving();
    await start('newer2');
    await untilDelivers('newer2');
    await end(again, 'SIGTERM');
    await untilMoving();
    expect(await pipeline.finish()).toMatchObject({ holds: true, faults: [] });
    expect(producers.acked.size).toBeGreaterThan(0);
    const said = outputs.map((output) => output()).join('\n');
    // What a version says that meets a function or a column which the other one has changed.
    expect(said).not.toMatch(/does not exist|cached plan/);
  }, 600_000);
});
