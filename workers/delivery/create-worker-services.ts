import { createHash, randomUUID } from 'node:crypto';
import { lookAtBehindLane, lookAtLane } from '@/lib/domain/jobs/look-at-lane';
import { createBucketInspector } from '@/lib/platform/bucket-inspector/s3-bucket-inspector';
import type { Clock } from '@/lib/platform/clock';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { STREAMED_GZIP } from '@/lib/platform/event-log/recompress';
import type { Logger } from '@/lib/platform/logger';
import type { ObjectStore } from '@/lib/platform/object-store/object-store';
import { createStartReader } from '@/lib/platform/object-store/start-reader';
import type { Queues } from '@/lib/platform/queues/queues';
import type { Opener } from '@/lib/platform/secret-box/opener';
import type { Sql } from '@/lib/platform/sql';
import { identify } from '@/lib/platform/sts/identify';
import { renewSessions } from '@/lib/platform/sts/renewing-store';
import type { RoleSessions } from '@/lib/platform/sts/role-sessions';
import { SYSTEM_TIMERS } from '@/lib/platform/timers';
import { createAttemptLengths } from '@/lib/services/delivery/attempt-lengths';
import { createDeliveryLedger } from '@/lib/services/delivery/create-delivery-ledger';
import type { DeliveryLedger } from '@/lib/services/delivery/delivery-ledger';
import { createProvenStores } from '@/lib/services/delivery/proven-stores';
import { createMarkerLedger } from '@/lib/services/hour/create-marker-ledger';
import type { MarkerLedger } from '@/lib/services/hour/marker-ledger';
import { createProbeLedger, type ProbeLedger } from '@/lib/services/probe/probe-ledger';
import { createReplayLedger } from '@/lib/services/replay/create-replay-ledger';
import type { ReplayLedger } from '@/lib/services/replay/replay-ledger';
import { createAccessCheckServices } from '@/workers/access-check/create-access-check-services';
import { createRoleProofs } from '@/workers/access-check/role-proofs';
import { createEventLookService } from '@/workers/event-look/create-event-look-service';
import { createMarkerServices } from '@/workers/markers/create-marker-services';
import { createProbeService } from '@/workers/probe/create-probe-service';
import { createReconciliationServices } from '@/workers/reconciliation/create-reconciliation-services';
import { createReplayServices } from '@/workers/replay/create-replay-services';
import { ByteBudget } from '@/workers/runtime/byte-budget';
import { createPeriodic } from '@/workers/runtime/periodic';
import type { Service } from '@/workers/runtime/service';
import { cacheOpened } from './cached-opener';
import type { CrashPoints } from './crash-points';
import { createDeliveryService, DELIVERY_SLOTS, type DeliverySlots } from './create-delivery-service';
import type { DeliveryDeps } from './delivery-deps';
import { DISPATCH_DEADLINE_MS, DISPATCH_PERIOD_MS, dispatchRound } from './dispatch-round';
import { createHousekeeping } from './housekeeping';

const MIB = 1024 * 1024;
const BUDGET_BYTES = 96 * MIB;
/** So that files of a moment's lines go on while large ones find out that nobody answers them. */
const BUDGET_RESERVE = { bytes: 16 * MIB, smallMax: MIB };
/** Longer than a page takes with every call at its deadline. */
const RECONCILIATION_LEASE_MS = 120_000;
/** Longer than a row takes with every call at its deadline. */
const CHECK_LEASE_MS = 40_000;

export interface WorkerParts {
  readonly sql: Sql;
  readonly queues: Queues;
  readonly store: ObjectStore;
  readonly opener: Pick<Opener, 'openCredential'>;
  /** Sessions of customers' roles; closed by whoever made them. */
  readonly roles: RoleSessions;
  /** Of the identity that takes them on; absent without one. */
  readonly ownAccountId?: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly crashPoints: CrashPoints;
  readonly workerId: string;
  readonly slots?: DeliverySlots;
  /** For bodies in flight; 96 MB when absent. */
  readonly budget?: ByteBudget;
  /** Those in Postgres when absent. */
  readonly ledger?: DeliveryLedger;
  readonly replays?: ReplayLedger;
  readonly markers?: MarkerLedger;
  readonly probes?: ProbeLedger;
}

/** What a worker does over what it was given: delivery, dispatch and housekeeping. Closes none of the parts. */
export function createWorkerServices(parts: WorkerParts): Service[] {
  const { sql, queues, opener, clock, crashPoints, workerId, roles } = parts;
  const store = renewSessions(parts.store, roles);
  const logger = parts.logger.child({ workerId });
  const log = createPostgresEventLog({ sql, clock });
  const deps: DeliveryDeps = {
    ledger: parts.ledger ?? createDeliveryLedger(sql),
    log,
    store,
    provenStores: createProvenStores(sql),
    attemptLengths: createAttemptLengths(sql),
    openCredential: cacheOpened((row) => opener.openCredential(row)),
    roleSessions: roles,
    wakeUp: (job, share) => queues.publish(share === 'half' ? lookAtBehindLane : lookAtLane, [job], 'always'),
    clock,
    timers: SYSTEM_TIMERS,
    gzip: STREAMED_GZIP,
    random: Math.random,
    newFileId: randomUUID,
    sha256Hex: (text) => createHash('sha256').update(text).digest('hex'),
    budget: parts.budget ?? new ByteBudget(BUDGET_BYTES, BUDGET_RESERVE),
    crashPoints,
    workerId,
    logger,
  };
  const reader = createStartReader();
  return [
    createDeliveryService(deps, queues, parts.slots ?? DELIVERY_SLOTS),
    createPeriodic({
      name: 'dispatch',
      periodMs: DISPATCH_PERIOD_MS,
      runDeadlineMs: DISPATCH_DEADLINE_MS,
      run: (signal) => dispatchRound(sql, queues, signal),
      logger,
    }),
    ...createReplayServices({ ...deps, replays: parts.replays ?? createReplayLedger(sql) }, queues),
    ...createMarkerServices({ ...deps, markers: parts.markers ?? createMarkerLedger(sql, logger) }),
    ...createReconciliationServices({ ...deps, sql, leaseMs: RECONCILIATION_LEASE_MS }, queues),
    ...createAccessCheckServices(
      {
        ...deps,
        sql,
        identify,
        roles: createRoleProofs(roles),
        ...(parts.ownAccountId === undefined ? {} : { ownAccountId: parts.ownAccountId }),
        inspector: createBucketInspector(),
        newName: randomUUID,
        leaseMs: CHECK_LEASE_MS,
      },
      queues,
    ),
    createEventLookService({ ...deps, sql, roles, reader }),
    createProbeService({ ...deps, sql, probes: parts.probes ?? createProbeLedger(sql, workerId) }),
    ...createHousekeeping({ sql, log, clock, logger, workerId, crashPoints }),
  ];
}
