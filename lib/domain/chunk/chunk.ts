/**
 * A chunk: a run of lines of one stream and one hour, compressed once. `body` is raw deflate that ends with a
 * sync flush and is not final, so bodies concatenate into one deflate stream. CRCs are IEEE CRC-32, unsigned.
 */
export interface ChunkContent {
  /** Start of the UTC hour in which every line was received, epoch ms. */
  readonly hourMs: number;
  readonly rows: number;
  readonly rawBytes: number;
  readonly crcRaw: number;
  readonly bodyBytes: number;
  readonly crcBody: number;
  readonly receivedMinMs: number;
  readonly receivedMaxMs: number;
  /** Sum over the rows of their receipt times in epoch ms; exact, hence bigint. */
  readonly receivedSumMs: bigint;
  /** True on the last chunk of a segment snapshot. */
  readonly snapshotEnd: boolean;
}

/** A chunk's metadata as the log holds it. */
export interface ChunkMeta extends ChunkContent {
  readonly streamId: number;
  /** Counts chunks; gapless within a stream, from 0. */
  readonly offset: number;
  /** Totals of the stream before this chunk. */
  readonly rowsBefore: number;
  readonly rawBytesBefore: number;
  readonly bodyBytesBefore: number;
}

/** A chunk on its way into the log. */
export interface NewChunk extends ChunkContent {
  readonly streamId: number;
  readonly body: Buffer;
}
