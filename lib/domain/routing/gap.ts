import type { DataType } from '@/lib/domain/data-type';
import { formatCountOf } from '@/lib/domain/format/count';

/** A run of chunks that the log no longer keeps and that a lane has not delivered; both offsets inclusive. */
export interface MissingChunks {
  readonly laneId: number;
  readonly streamId: number;
  readonly type: DataType;
  readonly firstOffset: number;
  readonly lastOffset: number;
}

/** A recorded loss: the lane goes on behind it. */
export interface Gap extends MissingChunks {
  readonly rows: number;
}

/** What a resume says in the routing's history about chunks that are gone; null when none are. */
export function gapReason(gaps: readonly Gap[], stuck: readonly MissingChunks[]): string | null {
  const sentences = [
    ...gaps.map(
      (gap) =>
        `Gap: ${formatCountOf(gap.rows, 'row')} of ${offsetsOf(gap)} were no longer kept and will not be delivered.`,
    ),
    ...stuck.map(
      (chunks) => `Still held: a cut over ${offsetsOf(chunks)} is open, and chunks of it are no longer kept.`,
    ),
  ];
  return sentences.length === 0 ? null : sentences.join(' ');
}

function offsetsOf({ type, streamId, firstOffset, lastOffset }: MissingChunks): string {
  return `${type} (stream ${streamId}, offsets ${firstOffset} to ${lastOffset})`;
}
