import type { ClaimedLane, LaneFailure } from '@/lib/services/delivery/delivery-ledger';
import type { MemoryState } from './memory-state';

export function renewLease(state: MemoryState, laneId: number, leaseMs: number): void {
  const lane = state.lanes.get(laneId);
  if (lane === undefined || lane.leaseUntilMs === null) return;
  lane.leaseUntilMs = state.nowMs() + leaseMs;
}

export function releaseLane(state: MemoryState, laneId: number, notBeforeMs: number): void {
  const lane = state.lanes.get(laneId);
  if (lane === undefined) return;
  lane.leaseUntilMs = null;
  if (notBeforeMs <= 0) return;
  lane.notBeforeMs = Math.max(lane.notBeforeMs ?? 0, state.nowMs() + notBeforeMs);
}

/** As lib/services/delivery/hold-lane: false when the lane no longer stands where it was claimed. */
export function holdLane(
  state: MemoryState,
  { laneId, epoch, next }: Pick<ClaimedLane, 'laneId' | 'epoch' | 'next'>,
  cause: string,
): boolean {
  const lane = state.lanes.get(laneId);
  if (lane?.epoch !== epoch || lane.next !== next || lane.done !== next) return false;
  lane.heldCause ??= cause;
  lane.failures += 1;
  lane.leaseUntilMs = null;
  return true;
}

/** As delivery.fail_lane: the marks are ended whether the lane has moved on or not. */
export function failLane(state: MemoryState, { lane, attemptIds, backOffMs }: LaneFailure): boolean {
  const row = state.lanes.get(lane.laneId);
  const isThere = row !== undefined && row.done === lane.done;
  if (isThere) {
    row.failures += 1;
    row.leaseUntilMs = null;
    row.notBeforeMs = state.nowMs() + backOffMs;
  }
  for (const attemptId of attemptIds) {
    const attempt = state.attempts.get(attemptId);
    if (attempt === undefined || attempt.outcome !== null) continue;
    attempt.outcome = 'unknown';
    attempt.endedAtMs = state.nowMs();
    attempt.code = 'Internal';
  }
  return isThere;
}
