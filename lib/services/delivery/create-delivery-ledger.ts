import type { Sql } from '@/lib/platform/sql';
import { claimLane } from './claim-lane';
import { commitCut } from './commit-cut';
import type { DeliveryLedger } from './delivery-ledger';
import { endAttempt } from './end-attempt';
import { failFile } from './fail-file';
import { failLane } from './fail-lane';
import { finishFile } from './finish-file';
import { holdLane } from './hold-lane';
import { markAttempt } from './mark-attempt';
import { readCutTimes } from './read-cut-times';
import { readOpenCut } from './read-open-cut';
import { readPlaceAccess } from './read-place-access';
import { recordHealth } from './record-health';
import { releaseCut } from './release-cut';
import { releaseLane } from './release-lane';
import { renewLease } from './renew-lease';
import { resealCut } from './reseal-cut';
import { sealCut } from './seal-cut';

/** The ledger in Postgres; see the migration `delivery_ledger` for what each statement guarantees. */
export function createDeliveryLedger(sql: Sql): DeliveryLedger {
  return {
    claimLane: (job, leaseMs) => claimLane(sql, job, leaseMs),
    renewLease: (laneId, leaseMs) => renewLease(sql, laneId, leaseMs),
    releaseLane: (laneId, notBeforeMs) => releaseLane(sql, laneId, notBeforeMs),
    holdLane: (lane, cause) => holdLane(sql, lane, cause),
    readOpenCut: (laneId) => readOpenCut(sql, laneId),
    sealCut: (request) => sealCut(sql, request),
    releaseCut: (request) => releaseCut(sql, request),
    resealCut: (request) => resealCut(sql, request),
    markAttempt: (mark) => markAttempt(sql, mark),
    readPlaceAccess: (file) => readPlaceAccess(sql, file),
    finishFile: (file, object, end) => finishFile(sql, file, { object, end }),
    endAttempt: (end) => endAttempt(sql, end),
    failFile: (failure) => failFile(sql, failure),
    failLane: (failure) => failLane(sql, failure),
    readCutTimes: (cutId) => readCutTimes(sql, cutId),
    commitCut: (cutId, figures) => commitCut(sql, cutId, figures),
    recordHealth: (routingId, news, workerId) => recordHealth(sql, routingId, { news, workerId }),
  };
}
