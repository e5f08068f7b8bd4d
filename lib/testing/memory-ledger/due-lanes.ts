import { BEHIND_BODY_BYTES, CUT_LIMITS } from '@/lib/domain/delivery/cut-limits';
import type { ClaimedLane } from '@/lib/services/delivery/delivery-ledger';
import type { DueLane } from '@/lib/services/delivery/dispatch-due-lanes';
import { type LaneRow, type MemoryState, rowOf } from './memory-state';
import { headOf } from './open-lanes';

/** As delivery.dispatch without its turn: lanes that became pending say since when, then each class by age. */
export function dispatchDueLanes(state: MemoryState, lanesMax: number): DueLane[] {
  for (const lane of state.lanes.values()) {
    if (lane.running && lane.pendingSinceMs === null && headOf(state, lane).offset > lane.done) {
      lane.pendingSinceMs = state.log.chunkOf(lane.streamId, lane.done)?.receivedMinMs ?? state.nowMs();
    }
  }
  const due = [...state.lanes.values()].filter((lane) => isDue(state, lane)).sort(byAge);
  const classes = [false, true].flatMap((isBehind) =>
    due.filter((lane) => isFarBehind(state, lane) === isBehind).slice(0, lanesMax),
  );
  return classes
    .sort(byAge)
    .map((lane) => ({ laneId: lane.id, epoch: lane.epoch, isBehind: isFarBehind(state, lane) }));
}

/** As delivery.claim_lane with the row that its caller joins to it. */
export function claimLane(
  state: MemoryState,
  job: { laneId: number; epoch: number },
  leaseMs: number,
): ClaimedLane | null {
  const lane = state.lanes.get(job.laneId);
  if (lane === undefined || lane.epoch !== job.epoch || !isDue(state, lane)) return null;
  lane.leaseUntilMs = state.nowMs() + leaseMs;
  const routing = rowOf(state.routings, lane.routingId);
  const { type } = rowOf(state.streams, lane.streamId);
  const place = state.destinations.find(
    ({ routingId, version }) => routingId === routing.id && version === routing.destinationVersion,
  );
  if (place === undefined) return null;
  return {
    laneId: lane.id,
    epoch: lane.epoch,
    routingId: routing.id,
    streamId: lane.streamId,
    type,
    done: lane.done,
    next: lane.next,
    head: state.log.headOf(lane.streamId).nextOffset,
    endOffset: lane.endOffset,
    isDueByAge: isOldEnough(state, lane),
    failures: lane.failures,
    destinationVersion: place.version,
    endpoint: place.endpoint,
    bucket: place.bucket,
    prefix: place.prefix,
    eventNames: type === 'events' ? routing.eventNames : [],
  };
}

function isDue(state: MemoryState, lane: LaneRow): boolean {
  const nowMs = state.nowMs();
  const isFree = [lane.notBeforeMs, lane.leaseUntilMs].every((ms) => ms === null || ms <= nowMs);
  if (!lane.running || lane.heldCause !== null || !isFree) return false;
  if (lane.next > lane.done) return true;
  const { dataTypes } = rowOf(state.routings, lane.routingId);
  if (
    headOf(state, lane).offset <= lane.done ||
    !dataTypes.includes(rowOf(state.streams, lane.streamId).type)
  )
    return false;
  if (lane.endOffset !== null) return true;
  return isOldEnough(state, lane) || undelivered(state, lane) >= CUT_LIMITS.bodyBytesMax;
}

function isOldEnough(state: MemoryState, lane: LaneRow): boolean {
  const { flushIntervalMs } = rowOf(state.routings, lane.routingId);
  return lane.pendingSinceMs !== null && lane.pendingSinceMs + flushIntervalMs <= state.nowMs();
}

function isFarBehind(state: MemoryState, lane: LaneRow): boolean {
  return lane.failures > 0 || undelivered(state, lane) >= BEHIND_BODY_BYTES;
}

function undelivered(state: MemoryState, lane: LaneRow): number {
  return headOf(state, lane).bodyBytesBefore - lane.bodyBytesDone;
}

/** A lane with an open cut may say no time: it comes last, as NULL does. */
function byAge(a: LaneRow, b: LaneRow): number {
  return (a.pendingSinceMs ?? Number.MAX_VALUE) - (b.pendingSinceMs ?? Number.MAX_VALUE);
}
