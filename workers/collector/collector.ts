import type { Clock } from '@/lib/platform/clock';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import type { Logger } from '@/lib/platform/logger';
import type { Sql } from '@/lib/platform/sql';
import { findCollectionKey } from '@/lib/services/collection/find-collection-key';
import { ensureStream } from '@/lib/services/stream/ensure-stream';
import type { Service } from '@/workers/runtime/service';
import type { CallDeps } from './answer-call';
import { Gatherer } from './gatherer';
import { handleRequest } from './handle-request';
import { HttpServer } from './http-server';
import { KeysInFlight } from './idempotency';
import { IntakeBudget } from './intake-budget';
import { KeyCache } from './key-cache';
import { type CollectorLimits, DEFAULT_LIMITS } from './limits';
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

/** The collection API: takes events over HTTP and answers once the log has them on disk. */
export function createCollector(deps: CollectorDeps): Collector {
  const limits = { ...DEFAULT_LIMITS, ...deps.limits };
  const calls = createCallDeps(deps, limits);
  const isReady = () => server.isListening && !server.isDraining && deps.clock.isReady();
  const handlerDeps = { ...calls, logger: deps.logger, isReady, isDraining: () => server.isDraining };
  const server = new HttpServer((request, response) => handleRequest(handlerDeps, request, response), limits);
  return {
    name: 'collector',
    isReady,
    port: () => server.port,
    start: () => server.listen(deps.host, deps.port),
    stop: (deadlineMs) => {
      calls.gatherer.hurry();
      return server.drain(deadlineMs);
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
    gatherer: new Gatherer({ log, clock, ...limits }),
    segmentTurns: new Turnstile(),
  };
}
