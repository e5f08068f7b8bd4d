import type { ClaimedLane } from '@/lib/services/delivery/delivery-ledger';
import type { DeliveryDeps } from './delivery-deps';
import type { CutInHand } from './in-hand';

/** The lane's uncommitted cut with what is left of it to do; null, with the lane given back, when it is done by now. */
export async function recoverCut(deps: DeliveryDeps, lane: ClaimedLane): Promise<CutInHand | null> {
  const cut = await deps.ledger.readOpenCut(lane.laneId);
  if (cut === null) {
    await deps.ledger.releaseLane(lane.laneId, 0);
    return null;
  }
  deps.crashPoints.reach('in_recovery');
  deps.logger.info(
    { laneId: lane.laneId, cutId: cut.cutId, files: cut.openFiles.length },
    'Finishing an open cut',
  );
  // How much lay behind the cut when it was sealed is not known here: the dispatcher decides what comes next.
  return { cutId: cut.cutId, hasMore: false, files: cut.openFiles.map((file) => ({ file, mark: null })) };
}
