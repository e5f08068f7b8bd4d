import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crashOccurrences } from '@/lib/testing/crash-occurrences';
import { type CrashSite, openCrashSite } from '@/lib/testing/crash-site';
import { type CrashRow, crashTable } from '@/lib/testing/crash-table';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { openSideWork, type SideWork } from '@/lib/testing/side-work';
import { waitUntil } from '@/lib/testing/wait-until';
import { startTestWorker } from '@/lib/testing/worker';
import {
  markerCrashPointSchema,
  probeCrashPointSchema,
  replayCrashPointSchema,
  type WorkerCrashPoint,
} from '@/workers/delivery/crash-points';
import { CHORE_NAMES } from '@/workers/delivery/housekeeping';

interface Death {
  readonly point: WorkerCrashPoint;
  readonly occurrence: number;
}

const DEADLINE_MS = 120_000;
/** Chores that write what is counted later. */
const COUNTED = ['close-hours', 'count-hours', 'fold-latency', 'settle-routings'];

const ofChore = (name: string, when: 'before' | 'sent' | 'after') => `chore.${name}.${when}` as const;
const everyTime = (points: readonly WorkerCrashPoint[]): Death[] =>
  points
    .flatMap((point, index) => crashOccurrences(index).map((occurrence) => ({ point, occurrence })))
    .sort((a, b) => a.occurrence - b.occurrence);

const CORE: Death[] = [
  'replay_mark_sent',
  'marker_decide_sent',
  'probe_after_put',
  'replay_settle_sent',
  'marker_before_end',
  ofChore('fold-latency', 'sent'),
  ofChore('close-hours', 'sent'),
].map((point, index) => ({ point: point as WorkerCrashPoint, occurrence: index < 5 ? 1 : 2 }));

const OF_CHORES: Death[] = [
  ...CHORE_NAMES.map((name) => ({ point: ofChore(name, 'sent'), occurrence: 1 })),
  ...COUNTED.flatMap((name) => [
    { point: ofChore(name, 'before'), occurrence: 2 },
    { point: ofChore(name, 'after'), occurrence: 2 },
  ]),
];

const CHAINS: { what: string; deaths: Death[] }[] = [
  { what: 'of replays', deaths: everyTime(replayCrashPointSchema.options) },
  { what: 'of hour markers', deaths: everyTime(markerCrashPointSchema.options) },
  { what: 'of probes', deaths: everyTime(probeCrashPointSchema.options) },
  // A chore's turn is asked for every five seconds: what takes long is waiting.
  ...[0, 1, 2].map((third) => ({
    what: `of chores, third ${third + 1}`,
    deaths: OF_CHORES.filter((_, index) => index % 3 === third),
  })),
];

let store: TestObjectStore;
const rows: CrashRow[] = [];
beforeAll(async () => {
  store = await startTestObjectStore();
});
afterAll(async () => {
  await store.close();
  process.stdout.write(crashTable('Workers killed with SIGKILL in what goes on beside delivery', rows));
});

async function provoke({ site, work }: { site: CrashSite; work: SideWork }, point: WorkerCrashPoint) {
  if (point.startsWith('replay_')) await work.replay();
  if (point.startsWith('marker_')) await work.mark();
  if (point.startsWith('probe_')) await work.probe();
  if (point.startsWith('chore.')) await work.chore();
  if (point === 'replay_back_off_sent') work.slowDown();
  await site.feed(point);
}

/** One worker after the other finishes what the last one left, and dies at the next point. */
async function dieAll(deaths: readonly Death[]): Promise<void> {
  const site = await openCrashSite(store);
  try {
    const work = await openSideWork(site, store);
    for (const { point, occurrence } of deaths) {
      const victim = await site.startWorker({ SLUICE_CRASH_AT: `${point}:${occurrence}` });
      await site.untilEnded(victim, () => provoke({ site, work }, point));
      expect(await victim.ended, `${point}: ${victim.output()}`).toEqual({ code: null, signal: 'SIGKILL' });
      await site.letTimePass();
      await work.letTimePass();
    }
    await finish(site, work);
    const verdict = await site.verdict();
    deaths.forEach(({ point, occurrence }, index) => {
      rows.push({ point, occurrence, againAt: deaths[index + 1]?.point ?? null, verdict });
    });
    expect(verdict).toMatchObject({ holds: true, faults: [] });
    expect(await work.faults()).toEqual([]);
  } finally {
    await site.close();
  }
}

/** By a worker that nothing happens to. */
async function finish(site: CrashSite, work: SideWork): Promise<void> {
  store.control.faults.clear();
  await work.probe();
  const worker = await startTestWorker({ database: site.database, workerId: 'heir' });
  const isDone = async () => {
    await work.letTimePass();
    await work.chore();
    return (await work.left()).length === 0;
  };
  await site.watch.untilCaughtUp(DEADLINE_MS);
  await waitUntil('everything beside delivery is done', isDone, DEADLINE_MS);
  await worker.stop();
}

test(
  'workers die in a replay, at markers, a probe and chores: nothing is lost, doubled or left undone',
  () => dieAll(CORE),
  600_000,
);

// `npm test` says at its end what of the second tier did not run.
describe.runIf(process.env.SLUICE_TEST_TIER2 === '1')(
  'each point for the first time, and the second or third',
  () => {
    test.concurrent.each(CHAINS)(
      'workers die at all points $what, each in the recovery of the one before',
      ({ deaths }) => dieAll(deaths),
      900_000,
    );
  },
);
