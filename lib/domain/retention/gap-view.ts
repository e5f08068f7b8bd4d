import type { DataType } from '@/lib/domain/data-type';

/** A recorded loss as people and programs see it. */
export interface GapView {
  readonly id: number;
  readonly type: DataType;
  readonly streamId: number;
  /** Offsets of the stream, both inclusive. */
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly rows: number;
  /** retention: it grew too old before it could be delivered · released: a person gave it up · discarded: its routing ended. */
  readonly cause: 'retention' | 'released' | 'discarded';
  /** Some attempt may have written it: it may lie in the bucket all the same. */
  readonly mayExist: boolean;
  /** Receipt of its first and its last line; null where the log did not say any more. */
  readonly firstReceivedAt: string | null;
  readonly lastReceivedAt: string | null;
  readonly recordedAt: string;
  /** What the person said who gave it up. */
  readonly reason: string | null;
  readonly hours: readonly { readonly hour: string; readonly rows: number }[];
}
