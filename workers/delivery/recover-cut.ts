import { decideRelease } from '@/lib/domain/delivery/decide-release';
import type { SealedCut, SealedFile } from '@/lib/domain/delivery/sealed-file';
import type { ClaimedLane } from '@/lib/services/delivery/delivery-ledger';
import type { DeliveryDeps } from './delivery-deps';
import type { CutInHand } from './in-hand';
import { releaseCut } from './release-cut';

/**
 * The lane's uncommitted cut with what is left of it to do, at the routing's new place when it may move there; null,
 * with the lane given back, when it is done or somebody else's by now.
 */
export async function recoverCut(deps: DeliveryDeps, lane: ClaimedLane): Promise<CutInHand | null> {
  const cut = await deps.ledger.readOpenCut(lane.laneId);
  const files = cut === null ? null : await filesOf(deps, lane, cut);
  if (cut === null || files === null) {
    await deps.ledger.releaseLane(lane.laneId, 0);
    return null;
  }
  deps.crashPoints.reach('in_recovery');
  deps.logger.info({ laneId: lane.laneId, cutId: cut.cutId, files: files.length }, 'Finishing an open cut');
  // How much lay behind the cut when it was sealed is not known here: the dispatcher decides what comes next.
  return { cutId: cut.cutId, hasMore: false, files: files.map((file) => ({ file, mark: null })) };
}

async function filesOf(
  deps: DeliveryDeps,
  lane: ClaimedLane,
  cut: SealedCut,
): Promise<readonly SealedFile[] | null> {
  const decision = decideRelease(cut.openFiles, lane);
  if (decision === 'move') return releaseCut(deps, lane, cut);
  if (decision === 'may_exist') {
    deps.logger.warn(
      { laneId: lane.laneId, cutId: cut.cutId },
      'An open cut stays at its old place: a file of it may be there',
    );
  }
  return cut.openFiles;
}
