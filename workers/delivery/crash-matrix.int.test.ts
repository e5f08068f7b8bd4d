import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crashOccurrences } from '@/lib/testing/crash-occurrences';
import { endProvocation, provocationOf } from '@/lib/testing/crash-provocation';
import { type CrashSite, openCrashSite } from '@/lib/testing/crash-site';
import { type CrashRow, crashTable } from '@/lib/testing/crash-table';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { type CrashPoint, crashPointSchema } from './crash-points';

const POINTS = crashPointSchema.options;
/** A queue on Redis changes nothing but how a worker is woken. */
const POINTS_ALONE =
  process.env.TEST_REDIS_URL === undefined ? POINTS : POINTS.filter((point) => point.includes('wake_up'));

/** The first time is the chains' already, unless the whole matrix is wanted. */
const timesAlone = (index: number): readonly number[] => {
  const times = crashOccurrences(index);
  return times.length === 3 ? times : times.slice(1);
};

let store: TestObjectStore;
const rows: CrashRow[] = [];
beforeAll(async () => {
  store = await startTestObjectStore();
});
afterAll(async () => {
  await store.close();
  process.stdout.write(crashTable('Workers killed with SIGKILL while lines came in', rows));
});

/** A worker process comes to the point for the n-th time, with lines coming in, and dies there. */
async function die(site: CrashSite, point: CrashPoint, occurrence: number): Promise<void> {
  const victim = await site.startWorker({
    SLUICE_CRASH_AT: `${point}:${occurrence}`,
    SLUICE_WORKER_ID: `victim${occurrence}`,
  });
  await site.untilEnded(victim, provocationOf(point, { site, store, name: `${point}${occurrence}` }));
  endProvocation(site, store);
  expect(await victim.ended, victim.output()).toEqual({ code: null, signal: 'SIGKILL' });
  await site.letTimePass();
}

/** Side by side, as each worker mostly waits. */
const CHAINS = [0, 1, 2].map((chain) => POINTS.filter((_, index) => index % 3 === chain));

test.concurrent.each(CHAINS.map((points) => ({ points, count: points.length })))(
  'of $count workers each finishes what the last one left and dies at another point: every line is delivered exactly once',
  async ({ points }) => {
    const site = await openCrashSite(store);
    try {
      for (const point of points) await die(site, point, 1);
      await site.catchUp();
      const verdict = await site.verdict();
      expect(verdict).toMatchObject({ holds: true, faults: [] });
      points.forEach((point, index) => {
        rows.push({ point, occurrence: 1, againAt: points[index + 1] ?? null, verdict });
      });
    } finally {
      await site.close();
    }
  },
  600_000,
);

// `npm test` says at its end what of the second tier did not run.
describe.runIf(process.env.SLUICE_TEST_TIER2 === '1')('each point by itself', () => {
  test.concurrent.each(
    POINTS_ALONE.map((point, index) => ({
      point,
      times: timesAlone(index),
      which: timesAlone(index).join(', '),
    })),
  )(
    'killed at $point for time $which, and again in the recovery, no line is lost or doubled',
    async ({ point, times }) => {
      const site = await openCrashSite(store);
      try {
        const deaths: Omit<CrashRow, 'verdict'>[] = [];
        for (const occurrence of times) {
          await die(site, point, occurrence);
          const againAt = (await site.hasOpenCut()) ? 'in_recovery' : point;
          await die(site, againAt, 1);
          deaths.push({ point, occurrence, againAt });
        }
        await site.catchUp();
        const verdict = await site.verdict();
        for (const death of deaths) rows.push({ ...death, verdict });
        expect(verdict).toMatchObject({ holds: true, faults: [] });
      } finally {
        await site.close();
      }
    },
    600_000,
  );
});
