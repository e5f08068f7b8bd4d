import type { DataType } from '@/lib/domain/data-type';
import type { FileKind } from './file-kind';

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
  readonly kind: FileKind;
  readonly rows: number;
  readonly rawBytes: number;
  readonly crcRaw: number;
  /** Refusals without a reason that ended its latest attempts in a row, and how long ago the first was. */
  readonly denials: number;
  readonly firstDenialAgoMs: number;
}

export interface SealedCut {
  readonly cutId: number;
  readonly lo: number;
  readonly hi: number;
  /** Those not yet in the bucket, in their order. */
  readonly openFiles: readonly SealedFile[];
}
