import type { Clock } from '@/lib/platform/clock';
import type { Sql } from '@/lib/platform/sql';
import { SYSTEM_TIMERS } from '@/lib/platform/timers';
import { appendToPostgres } from './append';
import type { EventLog } from './event-log';
import { findIdempotency } from './find-idempotency';
import { readChunks } from './read';
import { readHead, scanChunks } from './scan';

export interface PostgresEventLogOptions {
  readonly sql: Sql;
  /** Measures the deadline of an append; the process's monotonic clock when absent. */
  readonly clock?: Pick<Clock, 'monotonicMs'>;
  /** How long an append is tried again after lost replies; default 20 s. */
  readonly appendDeadlineMs?: number;
  /** How long one reply to an append is waited for; default 8 s. */
  readonly replyTimeoutMs?: number;
}

/** The event log in Postgres, schema `log`; see the migration `log_append` for what an append guarantees. */
export function createPostgresEventLog(options: PostgresEventLogOptions): EventLog {
  const { sql } = options;
  const retry = {
    clock: options.clock ?? performanceClock,
    timers: SYSTEM_TIMERS,
    deadlineMs: options.appendDeadlineMs ?? 20_000,
    replyTimeoutMs: options.replyTimeoutMs ?? 8_000,
  };
  return {
    append: (request) => appendToPostgres(sql, request, retry),
    head: (streamId) => readHead(sql, streamId),
    scan: (streamId, from, limitChunks) => scanChunks(sql, streamId, { from, limitChunks }),
    read: (streamId, lo, hi) => readChunks(sql, streamId, { lo, hi }),
    findIdempotency: (workspaceId, call, key) => findIdempotency(sql, { workspaceId, call, key }),
  };
}

const performanceClock: Pick<Clock, 'monotonicMs'> = { monotonicMs: () => performance.now() };
