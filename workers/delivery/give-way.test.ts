import { expect, test } from 'vitest';
import type { PutRequest } from '@/lib/platform/object-store/object-store';
import type { BudgetShare } from '@/workers/runtime/byte-budget';
import { givingWay, SILENT_MS } from './give-way';

type Watched = Pick<PutRequest, 'signal' | 'onProgress'>;

/** A PUT that nobody answers, on a clock that only `pass` moves. */
function silentPut(share: BudgetShare) {
  let nowMs = 0;
  let due: { atMs: number; task: () => void } | null = null;
  const budget = { isWanted: false };
  let watched: Watched = {};
  let end: () => void = () => undefined;
  const timers = {
    after: (ms: number, task: () => void) => {
      const mine = { atMs: nowMs + ms, task };
      due = mine;
      return () => {
        if (due === mine) due = null;
      };
    },
  };
  const deps = { timers, budget, clock: { monotonicMs: () => nowMs } };
  const done = givingWay(deps as unknown as Parameters<typeof givingWay>[0], { share }, (given) => {
    watched = given;
    return new Promise<void>((resolve) => {
      end = resolve;
    });
  });
  return {
    budget,
    pass: (ms: number) => {
      const untilMs = nowMs + ms;
      while (due !== null && due.atMs <= untilMs) {
        const { atMs, task }: { atMs: number; task: () => void } = due;
        due = null;
        nowMs = atMs;
        task();
      }
      nowMs = untilMs;
    },
    moves: () => watched.onProgress?.(),
    isGivenUp: () => watched.signal?.aborted ?? false,
    isWatched: () => due !== null,
    answer: async () => {
      end();
      await done;
    },
  };
}

test('a PUT that is silent is given up once somebody waits for its bytes, not before', () => {
  const put = silentPut('whole');
  put.pass(20_000);
  expect(put.isGivenUp()).toBe(false);
  put.budget.isWanted = true;
  put.pass(1_000);
  expect(put.isGivenUp()).toBe(true);
});

test('a PUT that moves is never given up, however slow it is', () => {
  const put = silentPut('whole');
  put.budget.isWanted = true;
  for (let n = 0; n < 50; n += 1) {
    put.pass(SILENT_MS - 1);
    put.moves();
  }
  expect(put.isGivenUp()).toBe(false);
  put.pass(SILENT_MS + 500);
  expect(put.isGivenUp()).toBe(true);
});

test('a file that has failed before may be silent until its deadline: it does not have what others wait for', () => {
  const put = silentPut('half');
  put.budget.isWanted = true;
  put.pass(300_000);
  expect(put.isGivenUp()).toBe(false);
});

test('nobody watches a PUT that was answered', async () => {
  const put = silentPut('whole');
  await put.answer();
  expect(put.isWatched()).toBe(false);
});
