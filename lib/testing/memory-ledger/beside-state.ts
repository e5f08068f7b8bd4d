import type { DataType } from '@/lib/domain/data-type';
import type { HourMarker } from '@/lib/domain/hour/marker';
import type { ReplayFileState, ReplayMode, ReplayState } from '@/lib/domain/replay/view';

/** The columns of the tables of replays, hour markers and access probes; instants are epoch ms of virtual time. */
export interface ReplayRow {
  readonly id: string;
  readonly routingId: string;
  readonly mode: ReplayMode;
  readonly types: readonly DataType[];
  /** Hours from `fromMs` until before `toMs`. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Of a copy: its own folder, with the slash. */
  readonly prefix: string | null;
  state: ReplayState;
  failures: number;
  denials: number;
  deniedSinceMs: number | null;
  notBeforeMs: number | null;
  heldCause: string | null;
  readonly startedAtMs: number;
  endedAtMs: number | null;
}

export interface ReplayFileRow {
  readonly replayId: string;
  /** Whose content it is. */
  readonly fileId: string;
  readonly position: number;
  /** The object's own id: another one in a copy. */
  readonly objectId: string;
  readonly endpoint: string;
  readonly bucket: string;
  readonly key: string;
  state: ReplayFileState;
  cause: string | null;
  attempts: number;
  wasMissing: boolean;
  leaseUntilMs: number | null;
  inFlightUntilMs: number | null;
  httpStatus: number | null;
  code: string | null;
  settledAtMs: number | null;
}

export interface MarkerRow extends HourMarker {
  readonly id: string;
  readonly routingId: string;
  readonly type: DataType;
  readonly hourMs: number;
  readonly decidedAtMs: number;
  state: 'pending' | 'written' | 'conflict' | 'skipped';
  failures: number;
  notBeforeMs: number | null;
  cause: string | null;
  leaseUntilMs: number | null;
  inFlightUntilMs: number | null;
  httpStatus: number | null;
  code: string | null;
  writtenAtMs: number | null;
}

/** What probing knows of a routing's present place. */
export interface ProofRow {
  readonly routingId: string;
  destinationVersion: number;
  provenAtMs: number | null;
  dueAtMs: number;
  failures: number;
  denials: number;
  firstDeniedAtMs: number | null;
  stoppedCause: 'versioned' | null;
  objectKey: string | null;
}

/** Of the hours in [fromHourMs, toHourMs) a lane carries only what it has delivered in spite of leaving these offsets out. */
export interface LeftOutHours {
  readonly laneId: number;
  readonly lo: number;
  readonly hi: number;
  readonly fromHourMs: number;
  readonly toHourMs: number;
}

/** Everything that is recorded beside live delivery. */
export interface BesideState {
  readonly replays: Map<string, ReplayRow>;
  /** In their positions, by the replay's id. */
  readonly replayFiles: Map<string, ReplayFileRow[]>;
  readonly markers: MarkerRow[];
  /** Since when a routing's closed hours are marked; none for one that does not want it. */
  readonly markersSinceMs: Map<string, number>;
  /** When a routing was first started. */
  readonly startedAtMs: Map<string, number>;
  /** Of lanes whose type has hours. */
  readonly leftOutHours: LeftOutHours[];
  readonly proofs: Map<string, ProofRow>;
  probes: number;
}

export function emptyBeside(): BesideState {
  return {
    replays: new Map(),
    replayFiles: new Map(),
    markers: [],
    markersSinceMs: new Map(),
    startedAtMs: new Map(),
    leftOutHours: [],
    proofs: new Map(),
    probes: 0,
  };
}
