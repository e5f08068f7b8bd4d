import {
  backOffReplayStep,
  cancelReplayStep,
  claimMarkerStep,
  claimProbesStep,
  claimReplayStep,
  decideMarkersStep,
  endMarkerStep,
  finishReplayStep,
  listReplaysStep,
  markReplayStep,
  recordProbeStep,
  renewReplayStep,
  settleReplayStep,
  startReplayStep,
  wantMarkersStep,
} from './beside-steps';
import {
  addBacklogStep,
  appendStep,
  archiveRoutingStep,
  changeStateStep,
  choreStep,
  createRoutingStep,
  disableRoutingStep,
  dispatchStep,
  ensureStreamStep,
  enterAccessStep,
  heldCutsStep,
  letHoursPassStep,
  releaseAnywayStep,
  removeChunksStep,
  retryHeldStep,
  setRetentionStep,
  startRoutingStep,
  updateRoutingStep,
} from './control-steps';
import {
  commitStep,
  endAttemptStep,
  failFileStep,
  finishStep,
  markStep,
  readCutTimesStep,
  readPlaceAccessStep,
} from './file-steps';
import {
  claimStep,
  failLaneStep,
  holdLaneStep,
  readOpenCutStep,
  recordHealthStep,
  releaseLaneStep,
  renewLeaseStep,
} from './lane-steps';
import { releaseCutStep, resealCutStep, sealStep } from './seal-steps';
import type { Step, Walk } from './step';

/** How often each step is drawn; what brings the ledger forward is drawn most. */
const WEIGHTS = {
  addBacklog: 3,
  append: 10,
  archiveRouting: 0.6,
  changeState: 2,
  chore: 5,
  claim: 20,
  commit: 12,
  createRouting: 5,
  disableRouting: 0.7,
  dispatch: 4,
  endAttempt: 2,
  ensureStream: 2,
  enterAccess: 1,
  failFile: 5,
  failLane: 2,
  finish: 14,
  heldCuts: 1,
  holdLane: 0.4,
  letHoursPass: 4,
  mark: 10,
  readCutTimes: 2,
  readOpenCut: 3,
  readPlaceAccess: 2,
  recordHealth: 3,
  releaseAnyway: 2,
  releaseCut: 5,
  releaseLane: 3,
  removeChunks: 0.6,
  renewLease: 1,
  resealCut: 3,
  retryHeld: 1,
  seal: 16,
  setRetention: 1,
  startRouting: 5,
  updateRouting: 3,
};

const DRAW: Readonly<Record<keyof typeof WEIGHTS, (walk: Walk) => Step | null | Promise<Step | null>>> = {
  addBacklog: addBacklogStep,
  append: appendStep,
  archiveRouting: archiveRoutingStep,
  changeState: changeStateStep,
  chore: choreStep,
  claim: claimStep,
  commit: commitStep,
  createRouting: createRoutingStep,
  disableRouting: disableRoutingStep,
  dispatch: dispatchStep,
  endAttempt: endAttemptStep,
  ensureStream: ensureStreamStep,
  enterAccess: enterAccessStep,
  failFile: failFileStep,
  failLane: failLaneStep,
  finish: finishStep,
  heldCuts: heldCutsStep,
  holdLane: holdLaneStep,
  letHoursPass: letHoursPassStep,
  mark: markStep,
  readCutTimes: readCutTimesStep,
  readOpenCut: readOpenCutStep,
  readPlaceAccess: readPlaceAccessStep,
  recordHealth: recordHealthStep,
  releaseAnyway: releaseAnywayStep,
  releaseCut: releaseCutStep,
  releaseLane: releaseLaneStep,
  removeChunks: removeChunksStep,
  renewLease: renewLeaseStep,
  resealCut: resealCutStep,
  retryHeld: retryHeldStep,
  seal: sealStep,
  setRetention: setRetentionStep,
  startRouting: startRoutingStep,
  updateRouting: updateRoutingStep,
};

/** What a sequence begins with, so that it does not spend itself on calls for nothing. */
const FIRST = ['ensureStream', 'createRouting', 'startRouting', 'append', 'addBacklog', 'dispatch'] as const;

/** Beside all that: replays, markers and probes. */
const BESIDE_WEIGHTS = {
  backOffReplay: 2,
  cancelReplay: 0.5,
  claimMarker: 5,
  claimProbes: 4,
  claimReplay: 16,
  decideMarkers: 6,
  endMarker: 4,
  finishReplay: 4,
  listReplays: 3,
  markReplay: 6,
  recordProbe: 4,
  renewReplay: 1,
  settleReplay: 8,
  startReplay: 9,
  wantMarkers: 3,
};

const DRAW_BESIDE: Readonly<Record<keyof typeof BESIDE_WEIGHTS, (walk: Walk) => Step | null>> = {
  backOffReplay: backOffReplayStep,
  cancelReplay: cancelReplayStep,
  claimMarker: claimMarkerStep,
  claimProbes: claimProbesStep,
  claimReplay: claimReplayStep,
  decideMarkers: decideMarkersStep,
  endMarker: endMarkerStep,
  finishReplay: finishReplayStep,
  listReplays: listReplaysStep,
  markReplay: markReplayStep,
  recordProbe: recordProbeStep,
  renewReplay: renewReplayStep,
  settleReplay: settleReplayStep,
  startReplay: startReplayStep,
  wantMarkers: wantMarkersStep,
};
const BESIDE_SHARE = 0.4;

/** The next step of a sequence: legal or not, of now or of long ago. */
export async function drawStep(
  walk: Walk,
  { index, hasBeside }: { readonly index: number; readonly hasBeside: boolean },
): Promise<Step> {
  const first = FIRST[index];
  const step = first === undefined ? null : await DRAW[first](walk);
  if (step !== null) return step;
  for (;;) {
    const isBeside = hasBeside && walk.prng.chance(BESIDE_SHARE);
    const drawn = isBeside
      ? DRAW_BESIDE[walk.prng.weighted(BESIDE_WEIGHTS)](walk)
      : await DRAW[walk.prng.weighted(WEIGHTS)](walk);
    if (drawn !== null) return drawn;
  }
}
