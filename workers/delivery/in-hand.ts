import type { SealedFile } from '@/lib/domain/delivery/sealed-file';
import type { BudgetShare } from '@/workers/runtime/byte-budget';

/** A mark that was made for a file: the attempt and when, by the monotonic clock. */
export interface Mark {
  readonly attemptId: number;
  readonly atMs: number;
}

/** A cut that is sealed and not committed, as far as this worker has to do with it. */
export interface CutInHand {
  readonly cutId: number;
  /** More lies behind it that is due already. */
  readonly hasMore: boolean;
  readonly files: readonly { readonly file: SealedFile; readonly mark: Mark | null }[];
}

/** One file on its way, with what is known about it in this process. */
export interface FileInHand {
  readonly laneId: number;
  /** Of the lane, when it was claimed. */
  readonly epoch: number;
  readonly file: SealedFile;
  readonly mark: Mark | null;
  readonly failuresBefore: number;
  readonly share: BudgetShare;
  /** Every attempt that this job has marked. */
  readonly marks: Set<number>;
}
