/** What a committed cut says about latency. Sums are over rows, in ms, exact; the four delays add up to `sumMs`. */
export interface CutFigures {
  readonly rows: number;
  /** Rows that arrived within the promise. */
  readonly withinRows: number;
  readonly sumMs: bigint;
  readonly maxMs: number;
  readonly waitingMs: bigint;
  readonly batchingMs: bigint;
  readonly uploadingMs: bigint;
  readonly retryingMs: bigint;
  readonly files: number;
  readonly rawBytes: number;
  readonly gzipBytes: number;
  /** A LatencySketch of the rows, encoded. */
  readonly sketch: Uint8Array;
}
