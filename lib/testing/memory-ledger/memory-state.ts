import type { DataType } from '@/lib/domain/data-type';
import type { AttemptOutcome } from '@/lib/domain/delivery/decide-attempt';
import type { FileKind } from '@/lib/domain/delivery/file-kind';
import type { SetAsideReason } from '@/lib/domain/delivery/plan-cut';
import { invariant } from '@/lib/domain/errors';
import type { CutFigures } from '@/lib/domain/latency/cut-figures';
import type { Health, Intent, Lifecycle } from '@/lib/domain/routing/state';
import type { MemoryEventLog } from '@/lib/testing/memory-event-log';
import { type BesideState, emptyBeside } from './beside-state';

/** The columns of the tables that delivery reads and writes, by their names; instants are epoch ms of virtual time. */
export interface WorkspaceRow {
  readonly id: string;
  readonly organizationId: string;
}

export interface StreamRow {
  readonly id: number;
  readonly workspaceId: string;
  readonly type: DataType;
}

export interface RoutingRow {
  readonly id: string;
  readonly workspaceId: string;
  intent: Intent;
  lifecycle: Lifecycle;
  health: Health;
  healthCause: string | null;
  stateSinceMs: number;
  version: number;
  destinationVersion: number;
  dataTypes: readonly DataType[];
  eventNames: readonly string[];
  promiseSeconds: number;
  flushIntervalMs: number;
  retentionHours: number;
  /** Of a routing that was ended: until when it delivers what is left, and why. */
  drainUntilMs: number | null;
  endReason: string | null;
  readonly startFrom: 'head' | 'earliest';
  overPromiseSinceMs: number | null;
  cleanLooks: number;
}

/** Where and how a destination version is written to. */
export interface MemoryPlace {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  /** Empty, or with its trailing slash. */
  readonly prefix: string;
  readonly kmsKeyArn: string | null;
}

/** Access keys as they are: nothing is sealed in memory. */
export interface MemoryKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface CredentialRow extends MemoryKeys {
  readonly id: string;
  readonly routingId: string;
  readonly version: number;
  isErased: boolean;
}

export interface DestinationRow extends MemoryPlace {
  readonly routingId: string;
  readonly version: number;
  readonly credentialId: string | null;
  /** Until it is, it waits for its check beside the version in use, or was dropped. */
  isAdopted: boolean;
  isDropped: boolean;
}

export interface LaneRow {
  readonly id: number;
  readonly routingId: string;
  readonly streamId: number;
  epoch: number;
  next: number;
  done: number;
  rowsDone: number;
  bodyBytesDone: number;
  running: boolean;
  pendingSinceMs: number | null;
  notBeforeMs: number | null;
  leaseUntilMs: number | null;
  failures: number;
  heldCause: string | null;
  /** The first offset that is not the lane's own any more, and rows and bytes before it; null while it goes on. */
  endOffset: number | null;
  endRows: number | null;
  endBodyBytes: number | null;
}

export interface CutRow {
  readonly id: number;
  readonly routingId: string;
  readonly laneId: number;
  readonly epoch: number;
  generation: number;
  destinationVersion: number;
  readonly lo: number;
  readonly hi: number;
  readonly reason: string;
  readonly rows: number;
  readonly rawBytes: number;
  readonly bodyBytes: number;
  readonly eventNames: readonly string[];
  readonly sealedAtMs: number;
  state: 'sealed' | 'committed';
  committedAtMs: number | null;
  /** A person has said that files of it may come to exist twice. */
  doubtAcceptedAtMs: number | null;
  /** What the winner of COMMIT said about latency. */
  figures: CutFigures | null;
}

export interface FileRow {
  readonly id: string;
  readonly routingId: string;
  readonly cutId: number;
  readonly position: number;
  generation: number;
  readonly endpoint: string;
  readonly bucket: string;
  readonly key: string;
  readonly type: DataType;
  readonly hourMs: number | null;
  readonly lo: number;
  readonly hi: number;
  readonly kind: FileKind;
  readonly rows: number;
  readonly rawBytes: number;
  readonly crcRaw: number;
  readonly receivedMinMs: number;
  readonly receivedMaxMs: number;
  readonly receivedSumMs: bigint;
  state: 'sealed' | 'delivered' | 'conflict' | 'released';
  gzipBytes: number | null;
  etag: string | null;
  deliveredAtMs: number | null;
}

export interface AttemptRow {
  readonly id: number;
  readonly routingId: string;
  readonly fileId: string;
  readonly generation: number;
  readonly number: number;
  readonly workerId: string;
  markedAtMs: number;
  deadlineAtMs: number;
  endedAtMs: number | null;
  outcome: AttemptOutcome | null;
  httpStatus: number | null;
  code: string | null;
  requestId: string | null;
  message: string | null;
}

/** Rows of one hour of a cut that are in none of its files. */
export interface SetAsideRow {
  readonly cutId: number;
  readonly hourMs: number;
  readonly reason: SetAsideReason;
  rows: number;
  offsets: readonly number[];
}

/** A recorded loss; offsets are inclusive. */
export interface GapRow {
  readonly laneId: number;
  readonly lo: number;
  readonly hi: number;
  readonly rows: number;
  /** It grew too old, a person gave it up, or its routing ended. */
  readonly cause: 'retention' | 'released' | 'discarded';
  /** The sealed file that was given up; null for chunks of which no file was sealed. */
  readonly fileId: string | null;
  /** Some attempt may have written that file all the same. */
  readonly mayExist: boolean;
  /** What the person said who gave it up. */
  readonly reason: string | null;
}

/** Offsets that a lane does not carry: before it began, or while its type was not wanted. Empty when hi < lo. */
export interface LeftOutRow {
  readonly laneId: number;
  readonly lo: number;
  readonly hi: number;
}

/** All of the ledger. Whoever changes it does so within one synchronous step, and leaves it as it was when it throws. */
export interface MemoryState {
  readonly nowMs: () => number;
  readonly log: MemoryEventLog;
  readonly workspaces: Map<string, WorkspaceRow>;
  readonly streams: Map<number, StreamRow>;
  readonly routings: Map<string, RoutingRow>;
  readonly credentials: Map<string, CredentialRow>;
  readonly destinations: DestinationRow[];
  readonly lanes: Map<number, LaneRow>;
  readonly cuts: Map<number, CutRow>;
  readonly files: Map<string, FileRow>;
  /** Ids and places of all files: none is ever taken twice. */
  readonly fileNames: Set<string>;
  readonly attempts: Map<number, AttemptRow>;
  /** Of one file, by its id. */
  readonly attemptsOfFile: Map<string, AttemptRow[]>;
  /** Of one cut and all of its generations, by the cut's id. */
  readonly filesOfCut: Map<number, FileRow[]>;
  /** The one cut of a lane that is not committed, by the lane's id. */
  readonly openCuts: Map<number, CutRow>;
  setAside: SetAsideRow[];
  readonly gaps: GapRow[];
  readonly leftOut: LeftOutRow[];
  readonly beside: BesideState;
  /** How far hours are closed for the whole log. */
  closedThroughMs: number;
  ids: number;
}

export function emptyState(deps: Pick<MemoryState, 'nowMs' | 'log'>): MemoryState {
  return {
    ...deps,
    workspaces: new Map(),
    streams: new Map(),
    routings: new Map(),
    credentials: new Map(),
    destinations: [],
    lanes: new Map(),
    cuts: new Map(),
    files: new Map(),
    fileNames: new Set(),
    attempts: new Map(),
    attemptsOfFile: new Map(),
    filesOfCut: new Map(),
    openCuts: new Map(),
    setAside: [],
    gaps: [],
    leftOut: [],
    beside: emptyBeside(),
    closedThroughMs: Number.NEGATIVE_INFINITY,
    ids: 0,
  };
}

/** The next id of a kind that has uuids; the same in every run. */
export function nextUuid(state: MemoryState): string {
  state.ids += 1;
  return `00000000-0000-4000-8000-${state.ids.toString(16).padStart(12, '0')}`;
}

export function rowOf<Key, Row>(rows: ReadonlyMap<Key, Row>, key: Key): Row {
  const row = rows.get(key);
  invariant(row, `There is no row ${String(key)}`);
  return row;
}
