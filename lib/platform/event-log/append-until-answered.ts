import { AppError } from '@/lib/domain/errors';
import type { Clock } from '@/lib/platform/clock';
import type { Timers } from '@/lib/platform/timers';
import { AppendOutcomeUnknownError, type AppendResult } from './event-log';

export interface AppendRetry {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly timers: Pick<Timers, 'after'>;
  readonly deadlineMs: number;
  readonly replyTimeoutMs: number;
}

/** How one try of an append ended. */
export type AppendAttempt =
  | { readonly kind: 'answered'; readonly result: AppendResult }
  /** The database said no, or never saw the statement. */
  | { readonly kind: 'failed'; readonly error: unknown; readonly retry: boolean }
  /** The reply is lost: stored or not, nobody knows. */
  | { readonly kind: 'unknown'; readonly error: unknown };

const PAUSE_FIRST_MS = 25;
const PAUSE_MAX_MS = 1_000;

/**
 * Tries an append under its one id until it is answered. Throws `AppendOutcomeUnknownError` when the deadline passes
 * after a lost reply, AppError UNAVAILABLE when no try reached the log, and the log's own error when it said no.
 */
export async function appendUntilAnswered(
  appendOnce: (timeoutMs: number) => Promise<AppendAttempt>,
  appendId: string,
  { clock, timers, deadlineMs, replyTimeoutMs }: AppendRetry,
): Promise<AppendResult> {
  const endMs = clock.monotonicMs() + deadlineMs;
  let doubt = false;
  for (let pauseMs = PAUSE_FIRST_MS; ; pauseMs = Math.min(pauseMs * 2, PAUSE_MAX_MS)) {
    const leftMs = Math.max(1, endMs - clock.monotonicMs());
    const attempt = await appendOnce(Math.min(leftMs, replyTimeoutMs));
    if (attempt.kind === 'answered') return attempt.result;
    doubt ||= attempt.kind === 'unknown';
    // After a lost reply an ordinary error settles nothing: the first statement may have been stored.
    if (attempt.kind === 'failed' && !attempt.retry && !doubt) throw attempt.error;
    if (clock.monotonicMs() + pauseMs >= endMs) {
      if (doubt) throw new AppendOutcomeUnknownError(appendId, attempt.error);
      throw new AppError('UNAVAILABLE', 'The event log did not answer in time; nothing was stored.', {
        cause: attempt.error,
        retryAfterSeconds: 2,
      });
    }
    await new Promise<void>((resolve) => timers.after(pauseMs, resolve));
  }
}
