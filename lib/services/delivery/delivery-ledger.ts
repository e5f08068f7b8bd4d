import type { DataType } from '@/lib/domain/data-type';
import type { AttemptOutcome } from '@/lib/domain/delivery/decide-attempt';
import type { HealthNews } from '@/lib/domain/delivery/next-health';
import type { PlannedFile, SetAside } from '@/lib/domain/delivery/plan-cut';
import type { SealedCut, SealedFile } from '@/lib/domain/delivery/sealed-file';
import type { CutFigures, CutTimes } from '@/lib/domain/latency/cut-figures';
import type { SealedCredentialRow } from '@/lib/platform/secret-box/sealed-credential';

/** A lane that this worker may work on for a while, with what its next seal needs. */
export interface ClaimedLane {
  readonly laneId: number;
  readonly epoch: number;
  readonly routingId: string;
  readonly streamId: number;
  readonly type: DataType;
  readonly done: number;
  readonly next: number;
  /** The offset that the stream's next chunk will get. */
  readonly head: number;
  /** The first offset that is not the lane's own any more; null while its routing has not been ended. */
  readonly endOffset: number | null;
  readonly isDueByAge: boolean;
  /** Tries in a row that failed. */
  readonly failures: number;
  readonly destinationVersion: number;
  readonly endpoint: string;
  readonly bucket: string;
  readonly prefix: string;
  /** The filter of its next cut; empty where the lane takes every line. */
  readonly eventNames: readonly string[];
}

export interface NewFile extends PlannedFile {
  readonly fileId: string;
  readonly generation: number;
  readonly key: string;
}

export interface SealRequest {
  readonly lane: ClaimedLane;
  readonly lo: number;
  readonly hi: number;
  readonly reason: string;
  readonly rows: number;
  readonly rawBytes: number;
  readonly bodyBytes: number;
  readonly sealedAtMs: number;
  /** None when the filter let nothing through. */
  readonly files: readonly NewFile[];
  readonly setAside: readonly SetAside[];
  readonly workerId: string;
  /** Of the first file's PUT, which the seal marks. */
  readonly deadlineMs: number;
}

/** An open cut's undelivered files with their ids and keys at the lane's present destination. */
export interface ReleaseRequest {
  readonly lane: ClaimedLane;
  readonly cut: SealedCut;
  readonly files: readonly { readonly fromId: string; readonly fileId: string; readonly key: string }[];
  readonly workerId: string;
}

/** What is left of an open cut's file that cannot be made any more, and which chunks of it are set aside as corrupt. */
export interface ResealRequest {
  readonly lane: Pick<ClaimedLane, 'laneId' | 'epoch'>;
  readonly cut: Pick<SealedCut, 'cutId' | 'generation'>;
  /** The file that is given up; its rows are those of `file` and of what is set aside, save for a filter's. */
  readonly fromId: string;
  /** Of the next generation, at the same place; null when nothing is left. */
  readonly file: NewFile | null;
  /** By hour, each once; all with the reason `corrupt`. */
  readonly setAside: readonly SetAside[];
  readonly workerId: string;
}

/** How an attempt ended, as the ledger keeps it. */
export interface AttemptEnd {
  readonly attemptId: number;
  readonly outcome: AttemptOutcome;
  readonly httpStatus: number | null;
  readonly code: string | null;
  readonly requestId: string | null;
  readonly message: string | null;
}

export interface FileFailure {
  readonly file: SealedFile;
  readonly isConflict: boolean;
  readonly backOffMs: number;
  /** Set: the lane stands still until a person has looked. */
  readonly heldCause: string | null;
  /** Null when nothing was marked yet. */
  readonly end: AttemptEnd | null;
}

/** A job that broke off without an answer. */
export interface LaneFailure {
  readonly lane: Pick<ClaimedLane, 'laneId' | 'done'>;
  /** What the job marked, ended or not. */
  readonly attemptIds: Iterable<number>;
  readonly backOffMs: number;
}

/** Whose place, and which. */
export type FilePlace = Pick<SealedFile, 'routingId' | 'endpoint' | 'bucket'>;

/** Access keys, sealed; or a role, with all that a session of it is confined by. */
export type PlaceCredential =
  | ({ readonly kind: 'keys' } & SealedCredentialRow)
  | {
      readonly kind: 'role';
      readonly roleArn: string;
      readonly externalId: string;
      /** Every prefix that the routing has had in this bucket: sealed files may still go there. Sorted. */
      readonly prefixes: readonly string[];
    };

/** How a place is written to now: the newest destination version of the same routing, endpoint and bucket. */
export interface PlaceAccess {
  readonly region: string;
  readonly kmsKeyArn: string | null;
  /** Who must own the bucket; absent until a check has learned it. */
  readonly ownerAccountId?: string;
  readonly credential: PlaceCredential;
}

/** What delivery knows and records. Each call is one autocommit statement on Postgres, or one step of a simulation. */
export interface DeliveryLedger {
  /** Null when the lane is not due, was claimed by another worker, or has another epoch. */
  claimLane(job: { laneId: number; epoch: number }, leaseMs: number): Promise<ClaimedLane | null>;
  renewLease(laneId: number, leaseMs: number): Promise<void>;
  releaseLane(laneId: number, notBeforeMs: number): Promise<void>;
  /** The lane stands still until a person has looked; false when it has moved on meanwhile, or a cut of it is open. */
  holdLane(lane: Pick<ClaimedLane, 'laneId' | 'epoch' | 'next'>, cause: string): Promise<boolean>;
  readOpenCut(laneId: number): Promise<SealedCut | null>;
  /** Null when the lane has moved on or must stand still: somebody else decides. No attempt without a file. */
  sealCut(request: SealRequest): Promise<{ cutId: number; attemptId: number | null } | null>;
  /**
   * Moves an open cut to its next generation at the lane's present destination; false, with nothing written, when it
   * has moved on meanwhile or some attempt may have written.
   */
  releaseCut(request: ReleaseRequest): Promise<boolean>;
  /**
   * Moves an open cut to its next generation without the corrupt chunks of one file; its other undelivered files stay
   * what they are. False, with nothing written, when it has moved on, or when some attempt may have written that file
   * and nobody has accepted that it may come to exist twice.
   */
  resealCut(request: ResealRequest): Promise<boolean>;
  /** The attempt's id, or null when the PUT must not start. `attemptId` marks that one again. */
  markAttempt(mark: {
    file: SealedFile;
    workerId: string;
    deadlineMs: number;
    attemptId: number | null;
  }): Promise<number | null>;
  readPlaceAccess(file: FilePlace): Promise<PlaceAccess | null>;
  /** True for the one who records it first. */
  finishFile(
    file: SealedFile,
    object: { etag: string | null; gzipBytes: number },
    end: AttemptEnd,
  ): Promise<boolean>;
  /** Ends an attempt that was marked and never sent. */
  endAttempt(end: AttemptEnd): Promise<void>;
  failFile(failure: FileFailure): Promise<void>;
  /** False when the lane has moved on meanwhile: then only the open marks are ended. */
  failLane(failure: LaneFailure): Promise<boolean>;
  /** When the delivered files of a sealed cut came where; null when it is committed already. */
  readCutTimes(cutId: number): Promise<CutTimes | null>;
  /** True for the one winner, once every file of the cut is in the bucket; the winner's figures are kept with it. */
  commitCut(cutId: number, figures: CutFigures | null): Promise<boolean>;
  recordHealth(routingId: string, news: HealthNewsSeed, workerId: string): Promise<void>;
}

/** News of one attempt; the ledger adds how many others failed lately, and how the other lanes are. */
export type HealthNewsSeed =
  | Exclude<HealthNews, { kind: 'delivered' | 'failed' | 'proven' }>
  | { readonly kind: 'delivered'; readonly laneId: number }
  | { readonly kind: 'proven' }
  | { readonly kind: 'failed'; readonly cause: string };
