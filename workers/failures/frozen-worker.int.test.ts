import { afterAll, beforeAll, expect, test } from 'vitest';
import { MARK_FRESH_MS } from '@/lib/domain/delivery/put-timing';
import { type CrashSite, openCrashSite } from '@/lib/testing/crash-site';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { untilFrozen } from '@/lib/testing/process-state';
import { waitUntil } from '@/lib/testing/wait-until';
import type { WorkerProcess } from '@/lib/testing/worker-process';
import type { CrashPoint } from '@/workers/delivery/crash-points';

const PATIENCE_MS = 90_000;

let store: TestObjectStore;
beforeAll(async () => {
  store = await startTestObjectStore();
});
afterAll(() => store.close());

/** A worker that stands still as soon as it comes to the point. */
async function freezeAt(site: CrashSite, point: CrashPoint, occurrence = 1): Promise<WorkerProcess> {
  await site.feed('first');
  const zombie = await site.startWorker({
    SLUICE_CRASH_AT: `${point}:${occurrence}:SIGSTOP`,
    SLUICE_WORKER_ID: 'zombie',
  });
  await untilFrozen(zombie.pid);
  return zombie;
}

/** The zombie goes on where it stood, with nobody beside it, until it has nothing left to do. */
async function wakeUp(site: CrashSite, zombie: WorkerProcess): Promise<void> {
  zombie.kill('SIGCONT');
  await site.feed('third');
  await waitUntil(
    'the zombie delivers what came last',
    async () => {
      await site.letTimePass();
      const lane = await site.watch.lane();
      return lane.done === lane.head && lane.next === lane.done;
    },
    PATIENCE_MS,
  );
  zombie.kill('SIGTERM');
  expect(await zombie.ended, zombie.output()).toEqual({ code: 0, signal: null });
}

async function expectEverythingOnce(site: CrashSite): Promise<void> {
  const verdict = await site.verdict();
  expect(verdict).toMatchObject({ holds: true, faults: [] });
}

interface Freeze {
  readonly point: CrashPoint;
  readonly occurrence: number;
  readonly what: string;
}

const FREEZES: readonly Freeze[] = [
  {
    point: 'before_seal',
    occurrence: 1,
    what: 'at SEAL, past its lease, with a shorter buffer than its successor',
  },
  { point: 'before_mark', occurrence: 1, what: 'before the mark of its second file' },
  { point: 'before_put', occurrence: 1, what: 'between mark and send' },
  { point: 'commit_sent', occurrence: 1, what: 'while COMMIT is on its way' },
];
const MORE_FREEZES: readonly Freeze[] = [
  { point: 'after_claim', occurrence: 1, what: 'after it claimed the lane' },
  { point: 'seal_sent', occurrence: 1, what: 'while SEAL is on its way' },
  { point: 'during_put', occurrence: 1, what: 'with half of the body sent' },
  { point: 'after_put_before_finish', occurrence: 2, what: 'after its second PUT, unrecorded' },
  { point: 'finish_sent', occurrence: 2, what: 'while it records its second file' },
];

// More has come in than the zombie knows of when its successor takes over.
test.concurrent.each(process.env.SLUICE_TEST_TIER2 === '1' ? [...FREEZES, ...MORE_FREEZES] : FREEZES)(
  'a worker frozen $what doubles and loses nothing when it wakes up after its successor has finished',
  async ({ point, occurrence }) => {
    const site = await openCrashSite(store);
    try {
      const zombie = await freezeAt(site, point, occurrence);
      await site.feed('second');
      await site.catchUp();
      await wakeUp(site, zombie);
      await expectEverythingOnce(site);
    } finally {
      await site.close();
    }
  },
  300_000,
);

test.concurrent('a worker frozen behind its mark marks again before it sends, so that a pause meanwhile is kept', async () => {
  const site = await openCrashSite(store);
  try {
    const zombie = await freezeAt(site, 'after_mark');
    const marked = await site.watch.attempts();
    const frozenAt = performance.now();
    await site.database.sql.query('UPDATE lane SET running = false, epoch = epoch + 1');
    await waitUntil('the mark is old', () => performance.now() - frozenAt > MARK_FRESH_MS);
    const putsBefore = store.control.seenRequests.list({ operation: 'PutObject', bucket: store.bucket });
    const ofSite = (key: string) => key.startsWith(site.routing.prefix);
    zombie.kill('SIGCONT');
    await waitUntil(
      'the zombie has given up its mark',
      async () => {
        const attempts = await site.watch.attempts();
        return attempts.some(({ code }) => code === 'NotSent');
      },
      PATIENCE_MS,
    );
    const puts = store.control.seenRequests.list({ operation: 'PutObject', bucket: store.bucket });
    expect(puts.filter(({ key }) => ofSite(key))).toHaveLength(
      putsBefore.filter(({ key }) => ofSite(key)).length,
    );
    expect(await site.watch.attempts()).toHaveLength(marked.length);
    await site.database.sql.query('UPDATE lane SET running = true, epoch = epoch + 1');
    await wakeUp(site, zombie);
    await expectEverythingOnce(site);
  } finally {
    await site.close();
  }
}, 300_000);

test.concurrent('two of three hours are uploaded when the worker dies, and each gets more lines: the next worker cuts nothing anew', async () => {
  const site = await openCrashSite(store);
  try {
    await site.feed('first');
    const victim = await site.startWorker({ SLUICE_CRASH_AT: 'after_finish:2', SLUICE_WORKER_ID: 'victim' });
    expect(await victim.ended, victim.output()).toEqual({ code: null, signal: 'SIGKILL' });
    const uploaded = await store.listKeys(site.routing.prefix);
    expect(uploaded.map((key) => /hour=\d\d/.exec(key)?.[0])).toHaveLength(2);
    await site.feed('second');
    await site.catchUp();
    expect(await store.listKeys(site.routing.prefix)).toEqual(expect.arrayContaining(uploaded));
    await expectEverythingOnce(site);
  } finally {
    await site.close();
  }
}, 300_000);

test.concurrent('a PUT that hangs while its worker is frozen is applied after the successor gave up on it: nothing is doubled', async () => {
  const site = await openCrashSite(store);
  try {
    const { faultId } = store.control.faults.add({
      match: { operation: 'PutObject', prefix: site.routing.prefix },
      effect: { kind: 'hang', applied: false },
    });
    await site.feed('first');
    const zombie = await site.startWorker({ SLUICE_WORKER_ID: 'zombie' });
    await store.control.faults.waitForHits(faultId, 1, 90_000);
    zombie.kill('SIGSTOP');
    await site.catchUp();
    store.control.faults.clear(faultId);
    await wakeUp(site, zombie);
    await expectEverythingOnce(site);
  } finally {
    await site.close();
  }
}, 300_000);
