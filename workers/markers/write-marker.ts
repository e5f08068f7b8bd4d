import { crc32 } from 'node:zlib';
import { backOffMs } from '@/lib/domain/delivery/back-off';
import type { AttemptDecision } from '@/lib/domain/delivery/decide-attempt';
import { MARK_FRESH_MS } from '@/lib/domain/delivery/put-timing';
import { waitFor } from '@/lib/domain/delivery/wait-for';
import { markerMetadata } from '@/lib/domain/hour/marker';
import type { MarkerEnd, MarkerLedger, PendingMarker } from '@/lib/services/hour/marker-ledger';
import type { DeliveryDeps } from '@/workers/delivery/delivery-deps';
import { openAccess } from '@/workers/delivery/open-access';
import { putAndDecide } from '@/workers/delivery/put-and-decide';

/** Everything through which markers touch the world. */
export interface MarkerDeps extends DeliveryDeps {
  readonly markers: MarkerLedger;
}

export interface MarkerClaim {
  /** By the process's own clock, before it was asked for. */
  readonly claimedAtMs: number;
  /** Of the PUT. */
  readonly deadlineMs: number;
}

/** Writes one decided marker: at every try the same bytes, and never over anything. */
export async function writeMarker(
  deps: MarkerDeps,
  marker: PendingMarker,
  claim: MarkerClaim,
): Promise<void> {
  deps.crashPoints.reach('marker_after_claim');
  const end = await tryToWrite(deps, marker, claim);
  const { id, routingId, key } = marker;
  if (end.state === 'written') deps.logger.info({ routingId, key }, 'Wrote an hour’s marker');
  else deps.logger.warn({ routingId, key, end }, 'An hour’s marker was not written');
  deps.crashPoints.reach('marker_before_end');
  await deps.markers.endMarker(id, end);
  deps.crashPoints.reach('marker_after_end');
}

async function tryToWrite(
  deps: MarkerDeps,
  marker: PendingMarker,
  { claimedAtMs, deadlineMs }: MarkerClaim,
): Promise<MarkerEnd> {
  const { endpoint, bucket, key, rows, failures } = marker;
  const opened = await openAccess(deps, marker);
  if (opened.kind === 'error') {
    const { httpStatus, code, requestId } = opened;
    const { cause, pace } = waitFor(opened);
    const again = { cause, backOffMs: backOffMs(pace, failures, deps.random()) };
    return { httpStatus, code, requestId, state: null, ...again };
  }
  const access = opened.value;
  // A claim that took so long may be older than a pause.
  if (deps.clock.monotonicMs() - claimedAtMs >= MARK_FRESH_MS) {
    const notSent = { httpStatus: null, code: 'NotSent', requestId: null };
    return { ...notSent, state: null, cause: null, backOffMs: backOffMs('quick', failures, deps.random()) };
  }
  const body = Buffer.from(marker.body);
  const crc = crc32(body);
  const identity = { fileId: marker.id, streamId: 0, lo: 0, hi: 0, kind: 'stitched' as const };
  const noDenials = { denials: 0, firstDenialAgoMs: 0 };
  const { answer, decision } = await putAndDecide(
    deps,
    { file: { ...identity, ...noDenials, rows, crcRaw: crc }, failuresBefore: failures },
    {
      place: { endpoint, bucket, key },
      access,
      body,
      crc32: crc,
      contentType: 'application/json',
      metadata: markerMetadata({ id: marker.id, rows, crc32: crc }),
      deadlineMs,
    },
  );
  const { httpStatus, requestId } = answer;
  const code = answer.kind === 'error' ? answer.code : null;
  return { httpStatus, requestId, code, ...endOf(decision, probeMs(deps, failures)) };
}

function endOf(
  decision: AttemptDecision,
  probeAgainMs: number,
): Pick<MarkerEnd, 'state' | 'cause' | 'backOffMs'> {
  switch (decision.kind) {
    case 'delivered':
      return { state: 'written', cause: null, backOffMs: 0 };
    case 'conflict':
      return { state: 'conflict', cause: 'conflict', backOffMs: 0 };
    case 'hold':
      return { state: null, cause: decision.cause, backOffMs: probeAgainMs };
    case 'again':
      return { state: null, cause: decision.cause, backOffMs: decision.backOffMs };
  }
}

function probeMs(deps: MarkerDeps, failures: number): number {
  return backOffMs('probe', failures, deps.random());
}
