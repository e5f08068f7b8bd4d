import type { DatabaseClock } from '@/lib/platform/clock';
import type { Logger } from '@/lib/platform/logger';
import { createPeriodic } from './periodic';
import type { Service } from './service';

const LEARN_EVERY_MS = 5_000;

/** Learns database time before anything else starts, and goes on learning. */
export function createClockService(clock: DatabaseClock, logger: Logger): Service {
  const periodic = createPeriodic({
    name: 'clock',
    periodMs: LEARN_EVERY_MS,
    run: () => clock.learn(),
    logger,
  });
  return {
    ...periodic,
    start: async () => {
      await clock.learn();
      await periodic.start();
    },
    isReady: () => clock.isReady(),
  };
}
