import { backOffMs } from '@/lib/domain/delivery/back-off';
import type { LookAtLane } from '@/lib/domain/jobs/look-at-lane';
import type { ClaimedLane } from '@/lib/services/delivery/delivery-ledger';
import type { BudgetShare } from '@/workers/runtime/byte-budget';
import { commitCut } from './commit-cut';
import { deliverFile } from './deliver-file';
import type { DeliveryDeps } from './delivery-deps';
import type { CutInHand } from './in-hand';
import { keepLease, LEASE_MS } from './keep-lease';
import { recoverCut } from './recover-cut';
import { sealNextCut } from './seal-next-cut';

interface Work {
  readonly share: BudgetShare;
  /** Every attempt that this job has marked. */
  readonly marks: Set<number>;
}

/**
 * What a worker does with a wake-up: finishes the lane's open cut, or else seals the next one and delivers it; one
 * cut, then the slot is free. A wake-up for a lane that is not due, paused or in other hands ends at the claim.
 */
export async function lookAtLane(deps: DeliveryDeps, job: LookAtLane, share: BudgetShare): Promise<void> {
  // Without database time there is no truthful name for a file.
  if (!deps.clock.isReady()) return;
  const lane = await deps.ledger.claimLane(job, LEASE_MS);
  if (lane === null) return;
  deps.crashPoints.reach('after_claim');
  const marks = new Set<number>();
  try {
    await keepLease(deps, lane.laneId, () => workOnce(deps, lane, { share, marks }));
  } catch (err) {
    deps.logger.error({ err, laneId: lane.laneId, routingId: lane.routingId }, 'Looking at a lane failed');
    await breakOff(deps, lane, marks);
  }
}

/** Whatever broke may break for ever: the lane backs off further each time, and its routing does not look healthy. */
async function breakOff(deps: DeliveryDeps, lane: ClaimedLane, marks: ReadonlySet<number>): Promise<void> {
  const isFailed = await deps.ledger.failLane({
    lane,
    attemptIds: marks,
    backOffMs: backOffMs('quick', lane.failures, deps.random()),
  });
  if (!isFailed) return;
  await deps.ledger.recordHealth(lane.routingId, { kind: 'broken', cause: 'internal' }, deps.workerId);
}

async function workOnce(deps: DeliveryDeps, lane: ClaimedLane, { share, marks }: Work): Promise<void> {
  const cut = lane.next > lane.done ? await recoverCut(deps, lane) : await sealNextCut(deps, lane, share);
  if (cut === null) return;
  for (const { mark } of cut.files) {
    if (mark !== null) marks.add(mark.attemptId);
  }
  for (const file of cut.files) {
    const isDelivered = await deliverFile(deps, {
      ...file,
      laneId: lane.laneId,
      epoch: lane.epoch,
      failuresBefore: lane.failures,
      share,
      marks,
    });
    if (!isDelivered) return;
    deps.crashPoints.reach('after_finish');
  }
  const isWinner = await commit(deps, lane, cut);
  if (isWinner && cut.hasMore) await deps.wakeUp({ laneId: lane.laneId, epoch: lane.epoch }, share);
}

async function commit(deps: DeliveryDeps, lane: ClaimedLane, cut: CutInHand): Promise<boolean> {
  deps.crashPoints.reach('after_finish_before_commit');
  const isWinner = await commitCut(deps, { streamId: lane.streamId, cutId: cut.cutId });
  deps.crashPoints.reach('after_commit');
  if (!isWinner) await deps.ledger.releaseLane(lane.laneId, 0);
  // Of two lanes that recovered at once each saw the other's failures before its commit: nobody cleared the routing.
  if (lane.failures > 0) {
    await deps.ledger.recordHealth(lane.routingId, { kind: 'delivered', laneId: lane.laneId }, deps.workerId);
  }
  return isWinner;
}
