import type { Logger } from '@/lib/platform/logger';
import type { Service } from './service';

export interface PeriodicOptions {
  readonly name: string;
  readonly periodMs: number;
  /** Never runs twice at once; a rejection is logged and the next period tries again. */
  readonly run: () => Promise<void>;
  readonly logger: Logger;
}

/** Work that is done every period for as long as the process lives. */
export function createPeriodic({ name, periodMs, run, logger }: PeriodicOptions): Service {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;

  const tick = async () => {
    try {
      await run();
    } catch (err) {
      logger.error({ err, service: name }, 'Periodic work failed');
    }
    running = null;
  };
  return {
    name,
    start: async () => {
      timer = setInterval(() => {
        running ??= tick();
      }, periodMs);
    },
    isReady: () => true,
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
