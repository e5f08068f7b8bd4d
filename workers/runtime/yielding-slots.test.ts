import { expect, test } from 'vitest';
import { YieldingSlots } from './yielding-slots';

/** Slots whose timers run when the test says so, and work that ends when it says so. */
function setUp(yieldedMax: number) {
  let tasks: (() => void)[] = [];
  const lateErrors: unknown[] = [];
  const slots = new YieldingSlots({
    yieldAfterMs: 1_000,
    yieldedMax,
    timers: {
      after: (_ms, task) => {
        tasks.push(task);
        return () => {
          tasks = tasks.filter((known) => known !== task);
        };
      },
      every: () => () => undefined,
    },
    onLateError: (error) => lateErrors.push(error),
  });
  const start = () => {
    const state = { hasSlot: true, error: null as unknown };
    let end: () => void = () => undefined;
    let fail: (error: Error) => void = () => undefined;
    const work = new Promise<void>((resolve, reject) => {
      end = resolve;
      fail = reject;
    });
    slots
      .run(() => work)
      .catch((error: unknown) => {
        state.error = error;
      })
      .finally(() => {
        state.hasSlot = false;
      });
    return { state, end, fail };
  };
  const letTimePass = async () => {
    for (const task of tasks.splice(0)) task();
    await everythingGoesOn();
  };
  return { slots, start, letTimePass, lateErrors };
}

async function everythingGoesOn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

test('work that ends in time keeps its slot to its end, and what it throws is told', async () => {
  const { slots, start } = setUp(10);
  const [good, bad] = [start(), start()];
  expect(good.state.hasSlot).toBe(true);
  good.end();
  bad.fail(new Error('no'));
  await everythingGoesOn();
  expect([good.state.hasSlot, bad.state.hasSlot]).toEqual([false, false]);
  expect(bad.state.error).toEqual(new Error('no'));
  expect(slots.yielded).toBe(0);
});

test('work that takes long gives its slot back and goes on', async () => {
  const { slots, start, letTimePass } = setUp(10);
  const long = start();
  await letTimePass();
  expect(long.state.hasSlot).toBe(false);
  expect(slots.yielded).toBe(1);
  let isSettled = false;
  void slots.settle().then(() => {
    isSettled = true;
  });
  await everythingGoesOn();
  expect(isSettled).toBe(false);
  long.end();
  await everythingGoesOn();
  expect([slots.yielded, isSettled]).toEqual([0, true]);
});

test('beyond the bound long work keeps its slot until another has ended, or itself', async () => {
  const { slots, start, letTimePass } = setUp(1);
  const [first, second, third] = [start(), start(), start()];
  await letTimePass();
  expect([first, second, third].map(({ state }) => state.hasSlot)).toEqual([false, true, true]);
  third.end();
  await everythingGoesOn();
  expect([second.state.hasSlot, third.state.hasSlot]).toEqual([true, false]);
  first.end();
  await everythingGoesOn();
  expect([second.state.hasSlot, slots.yielded]).toEqual([false, 1]);
});

test('what fails after its slot was given back is told apart, and ends', async () => {
  const { slots, start, letTimePass, lateErrors } = setUp(10);
  const long = start();
  await letTimePass();
  long.fail(new Error('late'));
  await everythingGoesOn();
  expect(lateErrors).toEqual([new Error('late')]);
  expect([slots.yielded, long.state.error]).toEqual([0, null]);
});
