import {
  addBacklogStep,
  appendStep,
  changeStateStep,
  choreStep,
  createRoutingStep,
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
  addBacklog: 1,
  append: 12,
  changeState: 3,
  chore: 5,
  claim: 16,
  commit: 10,
  createRouting: 4,
  dispatch: 5,
  endAttempt: 2,
  ensureStream: 3,
  enterAccess: 2,
  failFile: 5,
  failLane: 2,
  finish: 14,
  heldCuts: 1,
  holdLane: 1,
  letHoursPass: 5,
  mark: 10,
  readCutTimes: 2,
  readOpenCut: 4,
  readPlaceAccess: 2,
  recordHealth: 3,
  releaseAnyway: 2,
  releaseCut: 4,
  releaseLane: 5,
  removeChunks: 1,
  renewLease: 1,
  resealCut: 2,
  retryHeld: 1,
  seal: 14,
  setRetention: 1,
  startRouting: 6,
  updateRouting: 4,
};

const DRAW: Readonly<Record<keyof typeof WEIGHTS, (walk: Walk) => Step | null | Promise<Step | null>>> = {
  addBacklog: addBacklogStep,
  append: appendStep,
  changeState: changeStateStep,
  chore: choreStep,
  claim: claimStep,
  commit: commitStep,
  createRouting: createRoutingStep,
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

/** The next step of a sequence: legal or not, of now or of long ago. */
export async function drawStep(walk: Walk): Promise<Step> {
  for (;;) {
    const step = await DRAW[walk.prng.weighted(WEIGHTS)](walk);
    if (step !== null) return step;
  }
}
