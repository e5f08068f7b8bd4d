import { expect, test } from 'vitest';
import { MARK_FRESH_MS } from '@/lib/domain/delivery/put-timing';
import type { SealedFile } from '@/lib/domain/delivery/sealed-file';
import { ManualClock } from '@/lib/platform/clock';
import type { AttemptEnd } from '@/lib/services/delivery/delivery-ledger';
import { markBeforePut } from './mark-before-put';

const AT_MS = 1_000_000;
const OF_SEAL = { attemptId: 1, atMs: AT_MS };
const file = {} as SealedFile;

/** The ledger's replies take as long as given, and no time from then on. */
function setUp(answer: number | null, waitedMs: number, repliesTakeMs: number[] = []) {
  const marked: (number | null)[] = [];
  const ended: AttemptEnd[] = [];
  const released: number[] = [];
  const clock = new ManualClock(AT_MS + waitedMs);
  const deps = {
    clock,
    crashPoints: { reach: () => {} },
    workerId: 'w1',
    ledger: {
      markAttempt: async ({ attemptId }: { attemptId: number | null }) => {
        marked.push(attemptId);
        clock.advance(repliesTakeMs.shift() ?? 0);
        return answer;
      },
      endAttempt: async (end: AttemptEnd) => {
        ended.push(end);
      },
      releaseLane: async (laneId: number) => {
        released.push(laneId);
      },
    },
  };
  return { deps, marked, ended, released };
}

test('a PUT that starts at once goes on the mark of its seal', async () => {
  const { deps, marked } = setUp(2, MARK_FRESH_MS - 1);
  expect(await markBeforePut(deps, { laneId: 7, file, mark: OF_SEAL }, 30_000)).toBe(1);
  expect(marked).toEqual([]);
});

test('a mark that grew old, as of a frozen worker, is made again before the PUT', async () => {
  const { deps, marked } = setUp(1, MARK_FRESH_MS);
  expect(await markBeforePut(deps, { laneId: 7, file, mark: OF_SEAL }, 30_000)).toBe(1);
  expect(marked).toEqual([1]);
});

test('a PUT whose mark is refused never starts: its old mark ends as not sent and the lane is given back', async () => {
  const { deps, ended, released } = setUp(null, MARK_FRESH_MS);
  expect(await markBeforePut(deps, { laneId: 7, file, mark: OF_SEAL }, 30_000)).toBeNull();
  expect(ended).toMatchObject([{ attemptId: 1, outcome: 'refused', code: 'NotSent' }]);
  expect(released).toEqual([7]);
});

test('a mark whose reply comes so late that it is old by then is made again: the PUT may start 2 s after a pause else', async () => {
  const { deps, marked } = setUp(3, 0, [MARK_FRESH_MS, 60_000]);
  expect(await markBeforePut(deps, { laneId: 7, file, mark: null }, 30_000)).toBe(3);
  expect(marked).toEqual([null, 3, 3]);
});

test('a ledger that answers too late every time starts no PUT', async () => {
  const { deps, ended, released } = setUp(3, 0, Array(5).fill(MARK_FRESH_MS));
  expect(await markBeforePut(deps, { laneId: 7, file, mark: null }, 30_000)).toBeNull();
  expect(ended).toMatchObject([{ attemptId: 3, outcome: 'refused', code: 'NotSent' }]);
  expect(released).toEqual([7]);
});
