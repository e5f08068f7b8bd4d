import type { DataType } from '@/lib/domain/data-type';
import type { SealedCut, SealedFile } from '@/lib/domain/delivery/sealed-file';
import type { CutFigures, CutTimes } from '@/lib/domain/latency/cut-figures';
import type { MissingChunks } from '@/lib/domain/routing/gap';
import type {
  AttemptEnd,
  ClaimedLane,
  DeliveryLedger,
  FileFailure,
  HealthNewsSeed,
  LaneFailure,
  PlaceAccess,
  ReleaseRequest,
  SealRequest,
} from '@/lib/services/delivery/delivery-ledger';
import type { DueLane } from '@/lib/services/delivery/dispatch-due-lanes';
import type { MemoryEventLog } from '@/lib/testing/memory-event-log';
import type {
  AttemptRow,
  CutRow,
  DestinationRow,
  FileRow,
  GapRow,
  LaneRow,
  LeftOutRow,
  MemoryKeys,
  RoutingRow,
  SetAsideRow,
  StreamRow,
  WorkspaceRow,
} from './memory-state';
import type { NewRouting, RoutingEdit } from './routing-input';

/**
 * The delivery ledger in memory, for a simulation on virtual time. Every call is one step, as it is one statement or
 * transaction on Postgres; the differential test holds both to the same answers and the same state.
 */
export declare class MemoryLedger implements DeliveryLedger {
  constructor(deps: { readonly nowMs: () => number; readonly log: MemoryEventLog });

  claimLane(job: { laneId: number; epoch: number }, leaseMs: number): Promise<ClaimedLane | null>;
  renewLease(laneId: number, leaseMs: number): Promise<void>;
  releaseLane(laneId: number, notBeforeMs: number): Promise<void>;
  holdLane(laneId: number, cause: string): Promise<void>;
  readOpenCut(laneId: number): Promise<SealedCut | null>;
  sealCut(request: SealRequest): Promise<{ cutId: number; attemptId: number | null } | null>;
  releaseCut(request: ReleaseRequest): Promise<boolean>;
  markAttempt(mark: {
    file: SealedFile;
    workerId: string;
    deadlineMs: number;
    attemptId: number | null;
  }): Promise<number | null>;
  readPlaceAccess(file: SealedFile): Promise<PlaceAccess | null>;
  finishFile(
    file: SealedFile,
    object: { etag: string | null; gzipBytes: number },
    end: AttemptEnd,
  ): Promise<boolean>;
  endAttempt(end: AttemptEnd): Promise<void>;
  failFile(failure: FileFailure): Promise<void>;
  failLane(failure: LaneFailure): Promise<boolean>;
  readCutTimes(cutId: number): Promise<CutTimes | null>;
  commitCut(cutId: number, figures: CutFigures | null): Promise<boolean>;
  recordHealth(routingId: string, news: HealthNewsSeed, workerId: string): Promise<void>;

  // Verbs of people and of the collector; each is one transaction. They throw AppError as lib/services does.
  createWorkspace(): string;
  ensureStream(workspaceId: string, type: DataType): number;
  createRouting(routing: NewRouting): string;
  startRouting(routingId: string): { gaps: readonly GapRow[]; stuck: readonly MissingChunks[] };
  pauseRouting(routingId: string): void;
  resumeRouting(routingId: string): { gaps: readonly GapRow[]; stuck: readonly MissingChunks[] };
  updateRouting(edit: RoutingEdit): void;
  /** First or new keys for the place it has: holds and back-off end. */
  enterAccess(edit: { routingId: string; version?: number; keys: MemoryKeys }): void;

  // What the worker's chores do.
  /** One round of dispatch, for whoever has the turn; at most `lanesMax` of each class, oldest first. */
  dispatchDueLanes(lanesMax?: number): DueLane[];
  settleRoutings(): void;
  closeLostAttempts(): number;
  closeHours(): number;
  stopRemovedLanes(): number;
  sweepLanes(): readonly { routingId: string; streamId: number }[];
  watchHealth(): void;

  // For who judges the outcome: the rows as they are, in the order in which they were made.
  workspaces(): readonly Readonly<WorkspaceRow>[];
  streams(): readonly Readonly<StreamRow>[];
  routings(): readonly Readonly<RoutingRow>[];
  destinations(): readonly Readonly<DestinationRow>[];
  lanes(): readonly Readonly<LaneRow>[];
  cuts(): readonly Readonly<CutRow>[];
  files(): readonly Readonly<FileRow>[];
  attempts(): readonly Readonly<AttemptRow>[];
  setAside(): readonly SetAsideRow[];
  gaps(): readonly GapRow[];
  leftOut(): readonly LeftOutRow[];
}
