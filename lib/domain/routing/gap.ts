import type { DataType } from '@/lib/domain/data-type';

/** A run of chunks that the log no longer keeps and that a lane has not delivered; both offsets inclusive. */
export interface MissingChunks {
  readonly laneId: number;
  readonly streamId: number;
  readonly type: DataType;
  readonly firstOffset: number;
  readonly lastOffset: number;
}
