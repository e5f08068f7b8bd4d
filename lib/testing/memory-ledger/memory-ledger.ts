import type { DataType } from '@/lib/domain/data-type';
import type { SealedFile } from '@/lib/domain/delivery/sealed-file';
import type { CutFigures } from '@/lib/domain/latency/cut-figures';
import type { DisableRoutingInput } from '@/lib/domain/routing/ending-input';
import type {
  AttemptEnd,
  ClaimedLane,
  DeliveryLedger,
  FileFailure,
  FilePlace,
  HealthNewsSeed,
  LaneFailure,
  ReleaseRequest,
  ResealRequest,
  SealRequest,
} from '@/lib/services/delivery/delivery-ledger';
import type { MarkerLedger } from '@/lib/services/hour/marker-ledger';
import type { ProbeLedger } from '@/lib/services/probe/probe-ledger';
import type { ReplayLedger } from '@/lib/services/replay/replay-ledger';
import type { MemoryEventLog } from '@/lib/testing/memory-event-log';
import { closeLostAttempts, endAttempt, failFile, finishFile, markAttempt } from './attempt-verbs';
import { closeHours, settleRoutings, stopRemovedLanes, sweepLanes } from './chores';
import { commitCut, readCutTimes, readOpenCut } from './cut-verbs';
import { adoptDestination, candidateOf } from './destination-versions';
import { claimLane, dispatchDueLanes } from './due-lanes';
import { archiveRouting, disableRouting } from './ending-verbs';
import { expireLanes } from './expire-lanes';
import { pendingSinceOf } from './freshness';
import { giveUpCut, readHeldCuts, releaseCutAnyway, releaseHeldCut, retryHeld } from './held-cuts';
import { failLane, holdLane, releaseLane, renewLease } from './lane-verbs';
import { claimableMarkers, createMemoryMarkers } from './marker-ledger';
import { emptyState, type MemoryKeys, nextUuid } from './memory-state';
import { ensureStream } from './open-lanes';
import { readPlaceAccess } from './place-access';
import { createMemoryProbes } from './probe-ledger';
import { releaseCut } from './release-cut';
import { createMemoryReplays } from './replay-ledger';
import { resealCut } from './reseal-cut';
import { recordHealth } from './routing-health';
import type { NewRouting, RoutingEdit } from './routing-input';
import { changeRoutingState, createRouting, enterAccess, updateRouting } from './routing-verbs';
import { sealCut } from './seal-cut';
import { cancelReplay, type NewReplay, startReplay } from './start-replay';
import { watchHealth } from './watch-health';

const LANES_MAX = 1_000;

/**
 * The delivery ledger in memory, for a simulation on virtual time. Every call is one step, as it is one statement or
 * transaction on Postgres; the differential test holds both to the same answers and the same state.
 */
export class MemoryLedger implements DeliveryLedger {
  readonly replays: ReplayLedger;
  readonly markers: MarkerLedger;
  readonly probes: ProbeLedger;
  readonly #state;

  constructor(deps: { readonly nowMs: () => number; readonly log: MemoryEventLog }) {
    this.#state = emptyState(deps);
    this.replays = createMemoryReplays(this.#state);
    this.markers = createMemoryMarkers(this.#state);
    this.probes = createMemoryProbes(this.#state);
  }

  claimLane = async (job: { laneId: number; epoch: number }, leaseMs: number) =>
    claimLane(this.#state, job, leaseMs);
  renewLease = async (laneId: number, leaseMs: number) => renewLease(this.#state, laneId, leaseMs);
  releaseLane = async (laneId: number, notBeforeMs: number) => releaseLane(this.#state, laneId, notBeforeMs);
  holdLane = async (lane: Pick<ClaimedLane, 'laneId' | 'epoch' | 'next'>, cause: string) =>
    holdLane(this.#state, lane, cause);
  readOpenCut = async (laneId: number) => readOpenCut(this.#state, laneId);
  sealCut = async (request: SealRequest) => sealCut(this.#state, request);
  releaseCut = async (request: ReleaseRequest) => releaseCut(this.#state, request);
  resealCut = async (request: ResealRequest) => resealCut(this.#state, request);
  markAttempt = async (mark: Parameters<DeliveryLedger['markAttempt']>[0]) => markAttempt(this.#state, mark);
  readPlaceAccess = async (file: FilePlace) => readPlaceAccess(this.#state, file);
  finishFile = async (
    file: SealedFile,
    object: { etag: string | null; gzipBytes: number },
    end: AttemptEnd,
  ) => finishFile(this.#state, file, { object, end });
  endAttempt = async (end: AttemptEnd) => endAttempt(this.#state, end);
  failFile = async (failure: FileFailure) => failFile(this.#state, failure);
  failLane = async (failure: LaneFailure) => failLane(this.#state, failure);
  readCutTimes = async (cutId: number) => readCutTimes(this.#state, cutId);
  commitCut = async (cutId: number, figures: CutFigures | null) => commitCut(this.#state, cutId, figures);
  recordHealth = async (routingId: string, news: HealthNewsSeed, _workerId: string) =>
    recordHealth(this.#state, routingId, news);

  // What people and the collector do; each is one transaction. They throw AppError as lib/services does.

  createWorkspace(): string {
    const [id, organizationId] = [nextUuid(this.#state), nextUuid(this.#state)];
    this.#state.workspaces.set(id, { id, organizationId });
    return id;
  }

  ensureStream = (workspaceId: string, type: DataType) => ensureStream(this.#state, workspaceId, type);
  createRouting = (routing: NewRouting) => createRouting(this.#state, routing);
  startRouting = (routingId: string) => changeRoutingState(this.#state, routingId, 'start');
  pauseRouting = (routingId: string) => changeRoutingState(this.#state, routingId, 'pause');
  resumeRouting = (routingId: string) => changeRoutingState(this.#state, routingId, 'resume');
  /** Drain until a deadline, or discard: `settleRoutings` brings it to its end. */
  disableRouting = (given: DisableRoutingInput) => disableRouting(this.#state, given);
  /** Destroys the keys of a routing that is disabled or was never started. */
  archiveRouting = (given: { routingId: string; reason: string }) => archiveRouting(this.#state, given);
  updateRouting = (edit: RoutingEdit) => updateRouting(this.#state, edit);
  /** First or new keys for the place it has. */
  enterAccess = (edit: { routingId: string; version?: number; keys: MemoryKeys }) =>
    enterAccess(this.#state, edit);
  /** What a passed check does to a changed destination: it is in use from then on, holds and back-off end. */
  adoptDestination = (candidate: { routingId: string; version: number }) =>
    adoptDestination(this.#state, candidate);
  /** The version that waits for its check; null where none does. */
  candidateVersion = (routingId: string) => candidateOf(this.#state, routingId)?.version ?? null;
  /** Open cuts that stand still: held, failing, or not running. */
  heldCuts = (routingId: string) => readHeldCuts(this.#state, routingId);
  /** A person accepts that files of a held cut may exist in both places. */
  releaseHeldCut = (given: Parameters<typeof releaseHeldCut>[1]) => releaseHeldCut(this.#state, given);
  /** As `releaseHeldCut`, of a cut and with names that the caller gives. */
  releaseCutAnyway = (given: Parameters<typeof releaseCutAnyway>[1]) => releaseCutAnyway(this.#state, given);
  giveUpCut = (given: Parameters<typeof giveUpCut>[1]) => giveUpCut(this.#state, given);
  /** Lets go of holds and back-off of one lane, or of all of a routing's. */
  retryHeld = (routingId: string, laneId: number | null = null) => retryHeld(this.#state, routingId, laneId);
  /** Null for a look where there is nothing to look at. */
  startReplay = (replay: NewReplay) => startReplay(this.#state, replay);
  cancelReplay = (replayId: string) => cancelReplay(this.#state, replayId);
  /** Whether each closed hour is marked from now on. */
  wantMarkers = (routingId: string, isWanted: boolean) => {
    const { markersSinceMs } = this.#state.beside;
    if (!isWanted) markersSinceMs.delete(routingId);
    else if (!markersSinceMs.has(routingId)) markersSinceMs.set(routingId, this.#state.nowMs());
  };

  // What the worker's chores do.

  /** One round of dispatch, for whoever has the turn; at most `lanesMax` of each class, oldest first. */
  dispatchDueLanes = (lanesMax = LANES_MAX) => dispatchDueLanes(this.#state, lanesMax);
  settleRoutings = () => settleRoutings(this.#state);
  closeLostAttempts = () => closeLostAttempts(this.#state);
  closeHours = () => closeHours(this.#state);
  stopRemovedLanes = () => stopRemovedLanes(this.#state);
  sweepLanes = () => sweepLanes(this.#state);
  /** What could not be delivered in time becomes gaps; returns how many. */
  expireLanes = () => expireLanes(this.#state);
  watchHealth = () => watchHealth(this.#state);

  // For who judges the outcome: the rows as they are, in the order in which they were made. To be read only.

  workspaces = () => [...this.#state.workspaces.values()];
  streams = () => [...this.#state.streams.values()];
  routings = () => [...this.#state.routings.values()];
  credentials = () => [...this.#state.credentials.values()];
  destinations = () => [...this.#state.destinations];
  lanes = () => [...this.#state.lanes.values()];
  cuts = () => [...this.#state.cuts.values()];
  files = () => [...this.#state.files.values()];
  attempts = () => [...this.#state.attempts.values()];
  setAside = () => [...this.#state.setAside];
  gaps = () => [...this.#state.gaps];
  leftOut = () => [...this.#state.leftOut];
  replayRows = () => [...this.#state.beside.replays.values()];
  replayFiles = (replayId: string) => [...(this.#state.beside.replayFiles.get(replayId) ?? [])];
  markerRows = () => [...this.#state.beside.markers];
  claimableMarkers = () => claimableMarkers(this.#state);
  proofs = () => [...this.#state.beside.proofs.values()];
  /** Since when something waits for delivery, as it is shown; null while nothing does. */
  pendingSinceMs = (routingId: string) => pendingSinceOf(this.#state, routingId);
  startedAtMs = (routingId: string) => this.#state.beside.startedAtMs.get(routingId) ?? null;
  markersSinceMs = (routingId: string) => this.#state.beside.markersSinceMs.get(routingId) ?? null;
}
