import type { SealedFile } from '@/lib/domain/delivery/sealed-file';
import type { ReplayFileState, ReplayMode } from '@/lib/domain/replay/view';

/** A file of a replay that this worker may work on for a while. */
export interface ClaimedReplayFile {
  readonly replayId: string;
  /** Whose content it is; `file.fileId` is the object's own id. */
  readonly sourceId: string;
  readonly mode: ReplayMode;
  /** The recorded content at the replay's place: where it was delivered, or in the folder of the copy. */
  readonly file: SealedFile;
  /** Compressed, as it was delivered. */
  readonly gzipBytes: number;
  /** Whether the log still has its chunks. */
  readonly isKept: boolean;
  /** An earlier look of this replay found nothing under its key. */
  readonly wasMissing: boolean;
  /** Of the whole replay: tries in a row that failed. */
  readonly failures: number;
}

/** What S3 answered last; all null where it was not asked. */
export interface ReplayAnswer {
  readonly httpStatus: number | null;
  readonly code: string | null;
  readonly requestId: string | null;
  readonly message: string | null;
}

export interface ReplayBackOff {
  readonly cause: string;
  readonly backOffMs: number;
  /** S3 refused without a reason. */
  readonly isDenial: boolean;
}

/** What replays know and record. Each call is one autocommit statement: a frozen worker holds no lock. */
export interface ReplayLedger {
  /** Replays with something to do now, the longest waiting first. */
  listDue(limit: number): Promise<string[]>;
  /**
   * The next file, those tried least first; null when nothing is left to take: done, cancelled, backing off, in enough
   * hands, or the routing stands still.
   */
  claimFile(replayId: string, leaseMs: number): Promise<ClaimedReplayFile | null>;
  renewLease(file: ClaimedReplayFile, leaseMs: number): Promise<void>;
  /**
   * Before a PUT: false when it must not start, with the file given back. Waits for a pause that is being written.
   * Remembers that a look found nothing, once it did.
   */
  markFile(
    file: ClaimedReplayFile,
    mark: { readonly deadlineMs: number; readonly wasMissing: boolean },
  ): Promise<boolean>;
  /** What came of a file, for good; true for the one who records it first. An answer from S3 ends the back-off. */
  settleFile(
    file: ClaimedReplayFile,
    state: Exclude<ReplayFileState, 'pending'>,
    end: ReplayAnswer & { readonly cause: string | null },
  ): Promise<boolean>;
  /** Gives the file back and lets the whole replay wait. */
  backOff(file: ClaimedReplayFile, backOff: ReplayBackOff, answer: ReplayAnswer): Promise<void>;
  /** Ends a replay of which nothing is left to do; true for the one who ended it. */
  finishReplay(replayId: string): Promise<boolean>;
}
