import type { DataType } from '@/lib/domain/data-type';

/** A sealed file that is not known to be in the bucket, with what was tried. */
export interface HeldFileView {
  readonly id: string;
  /** Empty for AWS. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly key: string;
  /** Start of the partition's hour; null for segment snapshots. */
  readonly hour: string | null;
  readonly rows: number;
  /** Offsets of the stream, both inclusive. */
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly attempts: number;
  /** Null before the first one ended. */
  readonly lastAttempt: {
    readonly at: string;
    readonly outcome: 'done' | 'refused' | 'unknown';
    readonly httpStatus: number | null;
    readonly code: string | null;
  } | null;
  /** Some attempt may have written it. */
  readonly mayExist: boolean;
  /** A stranger's object lies under its key. */
  readonly isConflict: boolean;
}

/** An open cut that stands still: it failed, is held, or its routing does not run. */
export interface HeldCutView {
  readonly cutId: number;
  readonly laneId: number;
  readonly type: DataType;
  readonly generation: number;
  readonly sealedAt: string;
  /** Why its lane waits for a person; null while it is tried again by itself. */
  readonly heldCause: string | null;
  /** Until when an upload of it may still be under way: it cannot be released before. */
  readonly inFlightUntil: string | null;
  /** At least one. */
  readonly files: readonly HeldFileView[];
}
