import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CrashSite, openCrashSite } from '@/lib/testing/crash-site';
import { createTestDatabase } from '@/lib/testing/database';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { openPipeline } from '@/lib/testing/pipeline';
import { waitUntil } from '@/lib/testing/wait-until';
import { startTestWorker } from '@/lib/testing/worker';
import type { WorkerProcess } from '@/lib/testing/worker-process';

const PATIENCE_MS = 90_000;

let store: TestObjectStore;
beforeAll(async () => {
  store = await startTestObjectStore();
});
afterAll(() => store.close());

/** A worker that has been asked to stop in the middle of its first PUT; `letPutGo` lets S3 answer. */
async function stopInPut(site: CrashSite): Promise<{ worker: WorkerProcess; letPutGo: () => void }> {
  const { faultId } = store.control.faults.add({
    match: { operation: 'PutObject', prefix: site.routing.prefix },
    effect: { kind: 'hang', applied: false },
  });
  await site.feed('first');
  const worker = await site.startWorker({ SLUICE_WORKER_ID: 'leaving' });
  await store.control.faults.waitForHits(faultId, 1, 90_000);
  worker.kill('SIGTERM');
  await waitUntil('the worker has heard it', () => worker.output().includes('"Stopping"'), PATIENCE_MS);
  return { worker, letPutGo: () => store.control.faults.clear(faultId) };
}

async function expectEverythingOnce(site: CrashSite): Promise<void> {
  const verdict = await site.verdict();
  expect(verdict).toMatchObject({ holds: true, faults: [] });
}

test.concurrent('a worker that is asked to stop finishes the cut in its hand and begins no other', async () => {
  const site = await openCrashSite(store);
  try {
    const { worker, letPutGo } = await stopInPut(site);
    await site.feed('second');
    letPutGo();
    expect(await worker.ended, worker.output()).toEqual({ code: 0, signal: null });
    const lane = await site.watch.lane();
    expect(lane.done).toBe(lane.next);
    expect(lane.done).toBeGreaterThan(0);
    expect(lane.head).toBeGreaterThan(lane.done);
    const attempts = await site.watch.attempts();
    expect(new Set(attempts.map(({ outcome }) => outcome))).toEqual(new Set(['done']));
    await site.catchUp();
    await expectEverythingOnce(site);
  } finally {
    await site.close();
  }
}, 300_000);

test.concurrent('a worker whose PUT outlasts the deadline ends all the same, and another one finishes its cut', async () => {
  const site = await openCrashSite(store);
  try {
    const { worker, letPutGo } = await stopInPut(site);
    expect(await worker.ended, worker.output()).toEqual({ code: 0, signal: null });
    expect(await site.hasOpenCut()).toBe(true);
    letPutGo();
    await site.catchUp();
    await expectEverythingOnce(site);
  } finally {
    await site.close();
  }
}, 300_000);

test.concurrent('a second SIGTERM ends a worker at once, and another one finishes its cut', async () => {
  const site = await openCrashSite(store);
  try {
    const { worker, letPutGo } = await stopInPut(site);
    worker.kill('SIGTERM');
    expect(await worker.ended).toEqual({ code: null, signal: 'SIGTERM' });
    letPutGo();
    await site.catchUp();
    await expectEverythingOnce(site);
  } finally {
    await site.close();
  }
}, 300_000);

test.concurrent('collectors that are asked to stop under load answer what they took: nothing acknowledged is lost, nothing unanswered is stored', async () => {
  const database = await createTestDatabase();
  const pipeline = await openPipeline({ store, sql: database.sql, databaseUrl: database.url });
  const worker = await startTestWorker({ database, workerId: 'w1' });
  try {
    const first = await pipeline.startCollector();
    const producers = pipeline.startProducers({ keyed: 3, unkeyed: 3 });
    await waitUntil('lines are acknowledged', () => producers.acked.size > 50, PATIENCE_MS);
    for (const leaving of [first, await pipeline.startCollector({}, 'another')]) {
      const { size } = producers.acked;
      leaving.kill('SIGTERM');
      expect(await leaving.ended, leaving.output()).toEqual({ code: 0, signal: null });
      await expect(fetch(`${leaving.url}/readyz`)).rejects.toThrow();
      if (leaving !== first) await pipeline.startCollector();
      await waitUntil('another one acknowledges', () => producers.acked.size > size + 50, PATIENCE_MS);
    }
    const verdict = await pipeline.finish();
    expect(verdict).toMatchObject({ holds: true, faults: [] });
    expect(verdict.delivered).toBe(producers.acked.size);
  } finally {
    await pipeline.close();
    await worker.stop();
    await database.close();
  }
}, 300_000);
