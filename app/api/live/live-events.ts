import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@/lib/domain/errors';
import type { LiveMessage } from '@/lib/domain/live/pulse';
import type { Logger } from '@/lib/platform/logger';

const PERIOD_MS = 2_000;
const RECONNECT_MS = 2_000;

interface LiveSource {
  /** Sent at once. */
  readonly first: LiveMessage;
  /** Checks anew who asks, then reads. */
  readonly read: () => Promise<LiveMessage>;
  /** Of the reader: they have gone. */
  readonly signal: AbortSignal;
  readonly logger: Pick<Logger, 'warn'>;
  readonly wait?: (signal: AbortSignal) => Promise<void>;
}

/**
 * The lines of a stream of server-sent events until the reader goes or may no longer read; the last event is then
 * `end`. While the database does not answer nothing is sent, so what the reader sees turns stale.
 */
export async function* liveEvents(source: LiveSource): AsyncGenerator<string> {
  const { first, read, signal, logger, wait = onePeriod } = source;
  yield `retry: ${RECONNECT_MS}\n\n`;
  yield event(first);
  for (;;) {
    await wait(signal);
    if (signal.aborted) return;
    try {
      yield event(await read());
    } catch (error) {
      if (isRefusal(error)) {
        yield 'event: end\ndata: {}\n\n';
        return;
      }
      logger.warn({ err: error }, 'live figures could not be read');
    }
  }
}

function event(message: LiveMessage): string {
  return `data: ${JSON.stringify(message)}\n\n`;
}

async function onePeriod(signal: AbortSignal): Promise<void> {
  try {
    await sleep(PERIOD_MS, undefined, { signal, ref: false });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'UNAUTHENTICATED' || error.code === 'FORBIDDEN');
}
