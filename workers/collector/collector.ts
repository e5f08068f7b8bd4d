import { randomUUID } from 'node:crypto';
import type { Clock } from '@/lib/platform/clock';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import type { Logger } from '@/lib/platform/logger';
import type { Sql } from '@/lib/platform/sql';
import { SYSTEM_TIMERS } from '@/lib/platform/timers';
import { addRejectedEvents } from '@/lib/services/collection/add-rejected-events';
import { findCollectionKey } from '@/lib/services/collection/find-collection-key';
import { ensureStream } from '@/lib/services/stream/ensure-stream';
import { createPeriodic } from '@/workers/runtime/periodic';
import type { Service } from '@/workers/runtime/service';
import type { CallDeps } from './answer-call';
import { Gatherer } from './gatherer';
import { handleRequest } from './handle-request';
import { HttpServer } from './http-server';
import { KeysInFlight } from './idempotency';
import { IntakeBudget } from './intake-budget';
import { KeyCache } from './key-cache';
import { type CollectorLimits, DEFAULT_LIMITS } from './limits';
import { RefusalCounts } from './refusal-counts';
import { StreamIds } from './stream-ids';
import { TokenBuckets } from './token-buckets';
import { Turnstile } from './turnstile';

export interface CollectorDeps {
  readonly sql: Sql;
  readonly log: EventLog;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly limits?: Partial<CollectorLimits>;
}

export interface Collector extends Service {
  /** The port it listens on, once started. */
  port(): number;
}

const FLUSH_REFUSALS_MS = 2_000;

/** The collection API: takes events over HTTP and answers once the log has them on disk. */
export function createCollector(deps: CollectorDeps): Collector {
  const limits = { ...DEFAULT_LIMITS, ...deps.limits };
  const calls = createCallDeps(deps, limits);
  const isReady = () => server.isListening && !server.isDraining && deps.clock.isReady();
  const handlerDeps = { ...calls, logger: deps.logger, isReady, isDraining: () => server.isDraining };
  const server = new HttpServer((request, response) => handleRequest(handlerDeps, request, response), limits);
  const flush = () => calls.refusals.flush((counts) => addRejectedEvents(deps.sql, counts));
  const flushing = createPeriodic({
    name: 'rejected-events',
    periodMs: FLUSH_REFUSALS_MS,
    run: flush,
    logger: deps.logger,
  });
  return {
    name: 'collector',
    isReady,
    port: () => server.port,
    start: async () => {
      await server.listen(deps.host, deps.port);
      await flushing.start();
    },
    stop: async (deadlineMs) => {
      calls.gatherer.hurry();
      await server.drain(deadlineMs);
      await flushing.stop(deadlineMs);
      // What the last requests were refused for.
      await flush();
    },
  };
}

function createCallDeps(deps: CollectorDeps, limits: CollectorLimits): CallDeps {
  const { sql, log, clock, logger } = deps;
  return {
    sql,
    log,
    clock,
    limits,
    keys: new KeyCache({
      find: (text) => findCollectionKey(sql, text),
      clock,
      logger,
      refreshMs: limits.keyRefreshMs,
      ttlMs: limits.keyTtlMs,
    }),
    buckets: new TokenBuckets(limits.browserRequestsPerSecond, limits.browserRequestsBurst),
    budget: new IntakeBudget(limits.intakeBytesMax),
    streams: new StreamIds((input) => ensureStream(sql, input)),
    keysInFlight: new KeysInFlight(),
    gatherer: new Gatherer({ log, clock, timers: SYSTEM_TIMERS, newId: randomUUID, ...limits }),
    segmentTurns: new Turnstile(),
    refusals: new RefusalCounts(clock),
  };
}
