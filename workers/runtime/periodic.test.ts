import { expect, test } from 'vitest';
import { createLogger } from '@/lib/platform/logger';
import { waitUntil } from '@/lib/testing/wait-until';
import { createPeriodic } from './periodic';

const logger = createLogger('test', 'silent');

test('goes on after a failure and never runs twice at once', async () => {
  let runs = 0;
  let running = 0;
  let most = 0;
  const periodic = createPeriodic({
    name: 'p',
    periodMs: 1,
    logger,
    run: async () => {
      runs += 1;
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      if (runs === 1) throw new Error('first');
    },
  });
  await periodic.start();
  await waitUntil('it ran three times', () => runs >= 3);
  await periodic.stop(1_000);
  expect(most).toBe(1);
});

test('stopping waits for the run in hand and starts no other', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let runs = 0;
  const run = async () => {
    runs += 1;
    await held;
  };
  const periodic = createPeriodic({ name: 'p', periodMs: 1, logger, run });
  await periodic.start();
  await waitUntil('it runs', () => runs > 0);
  let isStopped = false;
  const stopping = periodic.stop(1_000).then(() => {
    isStopped = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(isStopped).toBe(false);
  release();
  await stopping;
  expect({ isStopped, runs }).toEqual({ isStopped: true, runs: 1 });
});

test('a run that hangs is abandoned and told so, and the next one starts', async () => {
  const signals: AbortSignal[] = [];
  const periodic = createPeriodic({
    name: 'p',
    periodMs: 1,
    runDeadlineMs: 20,
    logger,
    run: async (signal) => {
      signals.push(signal);
      if (signals.length === 1) await new Promise(() => {});
    },
  });
  await periodic.start();
  await waitUntil('another run started', () => signals.length >= 2);
  await periodic.stop(1_000);
  expect(signals[0]?.aborted).toBe(true);
  expect(signals[1]?.aborted).toBe(false);
});

test('an abandoned run that ends late does not let two others run at once', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let runs = 0;
  let running = 0;
  let most = 0;
  const periodic = createPeriodic({
    name: 'p',
    periodMs: 1,
    runDeadlineMs: 200,
    logger,
    run: async () => {
      runs += 1;
      if (runs === 1) return held;
      running += 1;
      most = Math.max(most, running);
      release();
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
    },
  });
  await periodic.start();
  await waitUntil('it ran after the late end', () => runs >= 4);
  await periodic.stop(1_000);
  expect(most).toBe(1);
});
