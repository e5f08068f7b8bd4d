import type { Logger } from '@/lib/platform/logger';
import type { Service } from './service';

export interface PeriodicOptions {
  readonly name: string;
  readonly periodMs: number;
  /** A run that takes longer is abandoned, so that one that hangs does not end the work for ever; 60 s when absent. */
  readonly runDeadlineMs?: number;
  /**
   * Never runs twice at once unless a run was abandoned: that one begins nothing more once `signal` is aborted. A
   * rejection is logged and the next period tries again.
   */
  readonly run: (signal: AbortSignal) => Promise<void>;
  readonly logger: Logger;
}

const RUN_DEADLINE_MS = 60_000;

/** Work that is done every period for as long as the process lives. */
export function createPeriodic(options: PeriodicOptions): Service {
  const { name, periodMs, logger } = options;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;

  const tick = async () => {
    try {
      await runWithinDeadline(options);
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

async function runWithinDeadline({ run, runDeadlineMs = RUN_DEADLINE_MS }: PeriodicOptions): Promise<void> {
  const abandon = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const reason = new Error(`Abandoned after ${runDeadlineMs} ms`);
      abandon.abort(reason);
      reject(reason);
    }, runDeadlineMs);
  });
  try {
    await Promise.race([run(abandon.signal), expired]);
  } finally {
    clearTimeout(timer);
  }
}
