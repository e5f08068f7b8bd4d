import type { DataType } from '@/lib/domain/data-type';
import type { AttemptOutcome } from './decide-attempt';
import type { FileKind } from './file-kind';

/** Of every cut as it is sealed; a release to another place makes the next. */
export const FIRST_GENERATION = 1;

/** A file as its seal recorded it: everything a retry needs, on any machine. */
export interface SealedFile {
  readonly fileId: string;
  readonly routingId: string;
  readonly streamId: number;
  readonly generation: number;
  readonly endpoint: string;
  readonly bucket: string;
  readonly key: string;
  readonly type: DataType;
  /** Start of the hour whose chunks it takes, epoch ms; null takes all of lo…hi. */
  readonly hourMs: number | null;
  readonly lo: number;
  readonly hi: number;
  /** Chunks of its cut that were set aside as corrupt and are never read: those of lo…hi are not in the file. */
  readonly leftOut: readonly number[];
  /** Only events of these names, pinned when its cut was sealed; empty takes every line. */
  readonly eventNames: readonly string[];
  readonly kind: FileKind;
  readonly rows: number;
  readonly rawBytes: number;
  readonly crcRaw: number;
  /** Refusals without a reason that ended its latest attempts in a row, and how long ago the first was. */
  readonly denials: number;
  readonly firstDenialAgoMs: number;
}

/** One way in which attempts of a file ended; `outcome` is null while one is open. */
export interface AttemptTrace {
  readonly outcome: AttemptOutcome | null;
  readonly httpStatus: number | null;
}

/** A sealed file that is not yet in the bucket, with what was tried. */
export interface OpenFile extends SealedFile {
  /** HEAD has found a stranger's object under its key. */
  readonly isConflict: boolean;
  /** Every way in which its attempts ended, each once. */
  readonly attempts: readonly AttemptTrace[];
}

export interface SealedCut {
  readonly cutId: number;
  readonly generation: number;
  readonly lo: number;
  readonly hi: number;
  /** Those not yet in the bucket, in their order. */
  readonly openFiles: readonly OpenFile[];
}
