import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BudgetShare, ByteBudget } from './byte-budget';

/** Asks, and tells whether the bytes were granted once everything that can go on has gone on. */
function ask(budget: ByteBudget, bytes: number, share: BudgetShare = 'whole') {
  const state: { release: (() => void) | null } = { release: null };
  void budget.acquire(bytes, share).then((release) => {
    state.release = release;
  });
  return {
    isGranted: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return state.release !== null;
    },
    release: () => state.release?.(),
  };
}

describe('ByteBudget', () => {
  test('grants what is free and makes the rest wait until it is released', async () => {
    const budget = new ByteBudget(100);
    const first = ask(budget, 60);
    const second = ask(budget, 60);
    expect(await first.isGranted()).toBe(true);
    expect(await second.isGranted()).toBe(false);
    first.release();
    expect(await second.isGranted()).toBe(true);
  });

  test('serves in order of arrival: a small one does not overtake a large one', async () => {
    const budget = new ByteBudget(100);
    const first = ask(budget, 60);
    const large = ask(budget, 80);
    const small = ask(budget, 10);
    expect(await small.isGranted()).toBe(false);
    expect(await first.isGranted()).toBe(true);
    first.release();
    expect(await large.isGranted()).toBe(true);
    expect(await small.isGranted()).toBe(true);
  });

  test('those with half a share fill half of it at most, and keep nobody else from the other half', async () => {
    const budget = new ByteBudget(100);
    const slow = ask(budget, 40, 'half');
    const slower = ask(budget, 40, 'half');
    const healthy = ask(budget, 50);
    expect(await slow.isGranted()).toBe(true);
    expect(await slower.isGranted()).toBe(false);
    expect(await healthy.isGranted()).toBe(true);
    slow.release();
    expect(await slower.isGranted()).toBe(true);
  });

  test('more than there is gets all there is, so the largest file still goes', async () => {
    const budget = new ByteBudget(100);
    const huge = ask(budget, 1_000);
    expect(await huge.isGranted()).toBe(true);
    expect(budget.bytesInUse).toBe(100);
    const slowHuge = ask(budget, 1_000, 'half');
    huge.release();
    expect(await slowHuge.isGranted()).toBe(true);
    expect(budget.bytesInUse).toBe(50);
  });

  test('what is reserved goes to small ones only, who need not wait behind large ones', async () => {
    const budget = new ByteBudget(100, { bytes: 20, smallMax: 10 });
    const silent = ask(budget, 80);
    const large = ask(budget, 11);
    const half = ask(budget, 5, 'half');
    const small = ask(budget, 10);
    expect(await silent.isGranted()).toBe(true);
    expect([await large.isGranted(), await half.isGranted()]).toEqual([false, false]);
    expect(await small.isGranted()).toBe(true);
    expect(budget.isWanted).toBe(true);
    silent.release();
    expect([await large.isGranted(), await half.isGranted()]).toEqual([true, true]);
    expect(budget.isWanted).toBe(false);
  });

  test('small ones that fill what is not reserved let a large one have its turn', async () => {
    const budget = new ByteBudget(100, { bytes: 20, smallMax: 30 });
    const smalls = Array.from({ length: 3 }, () => ask(budget, 30));
    const large = ask(budget, 50);
    const late = ask(budget, 10);
    expect(await smalls[2]?.isGranted()).toBe(true);
    expect([await large.isGranted(), await late.isGranted()]).toEqual([false, false]);
    smalls[0]?.release();
    smalls[1]?.release();
    expect([await large.isGranted(), await late.isGranted()]).toEqual([true, true]);
  });

  test('who waits for the smaller half wants nothing of the others', async () => {
    const budget = new ByteBudget(100);
    ask(budget, 50, 'half');
    ask(budget, 50, 'half');
    expect(budget.isWanted).toBe(false);
  });

  test('releasing twice frees once', async () => {
    const budget = new ByteBudget(100);
    const release = await budget.acquire(100, 'whole');
    release();
    release();
    expect(budget.bytesInUse).toBe(0);
  });

  test('never exceeds its bounds, and everybody is served in the end', async () => {
    const request = fc.record({
      bytes: fc.integer({ min: 0, max: 150 }),
      share: fc.constantFrom<BudgetShare>('whole', 'half'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(request, { maxLength: 30 }), async (requests) => {
        const budget = new ByteBudget(100, { bytes: 20, smallMax: 10 });
        const held: (() => void)[] = [];
        let served = 0;
        for (const { bytes, share } of requests) {
          void budget.acquire(bytes, share).then((release) => {
            served += 1;
            held.push(release);
          });
        }
        for (let round = 0; round <= requests.length * 2; round += 1) {
          await new Promise((resolve) => setImmediate(resolve));
          expect(budget.bytesInUse).toBeLessThanOrEqual(100);
          held.shift()?.();
        }
        expect(served).toBe(requests.length);
        expect(budget.bytesInUse).toBe(0);
      }),
      { numRuns: 30 },
    );
  });
});
