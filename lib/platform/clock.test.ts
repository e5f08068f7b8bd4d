import { expect, test } from 'vitest';
import { DatabaseClock } from './clock';

function clockAt(start: { databaseMs: number; monotonicMs: number }) {
  const now = { ...start };
  const clock = new DatabaseClock(
    async () => now.databaseMs,
    () => now.monotonicMs,
  );
  return { now, clock };
}

test('tells no time and is not ready before it has asked the database', () => {
  const { clock } = clockAt({ databaseMs: 1_000_000, monotonicMs: 5 });
  expect(clock.isReady()).toBe(false);
  expect(() => clock.nowMs()).toThrow('not known');
});

test('tells database time, however far the machine is off', async () => {
  const { now, clock } = clockAt({ databaseMs: 1_000_000, monotonicMs: 5 });
  await clock.learn();
  now.monotonicMs += 1_234;
  expect(clock.nowMs()).toBe(1_001_234);
  expect(clock.isReady()).toBe(true);
});

test('is not ready once the last answer is older than 30 s, and ready again after the next', async () => {
  const { now, clock } = clockAt({ databaseMs: 1_000_000, monotonicMs: 0 });
  await clock.learn();
  now.monotonicMs = 30_001;
  now.databaseMs += 30_001;
  expect(clock.isReady()).toBe(false);
  await clock.learn();
  expect(clock.isReady()).toBe(true);
});

test('is not ready while the two clocks have drifted by more than 5 s', async () => {
  const { now, clock } = clockAt({ databaseMs: 1_000_000, monotonicMs: 0 });
  await clock.learn();
  now.monotonicMs = 1_000;
  now.databaseMs += 7_000;
  await clock.learn();
  expect(clock.isReady()).toBe(false);
  now.monotonicMs += 1_000;
  now.databaseMs += 1_000;
  await clock.learn();
  expect(clock.isReady()).toBe(true);
});
