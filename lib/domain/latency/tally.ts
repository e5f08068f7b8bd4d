import { LatencySketch, quantileMs } from './sketch';
import type { LatencyFigures } from './view';

/** Sums of some rows' latencies, ms. Reading adds them as numbers: beyond 2^53 a mean is still right to 15 digits. */
interface LatencySums {
  readonly rows: number;
  readonly withinRows: number;
  readonly maxMs: number;
  readonly waitingMs: number;
  readonly batchingMs: number;
  readonly uploadingMs: number;
  readonly retryingMs: number;
  readonly files: number;
  readonly rawBytes: number;
  readonly gzipBytes: number;
}

const NOTHING: LatencySums = {
  rows: 0,
  withinRows: 0,
  maxMs: 0,
  waitingMs: 0,
  batchingMs: 0,
  uploadingMs: 0,
  retryingMs: 0,
  files: 0,
  rawBytes: 0,
  gzipBytes: 0,
};

/** Gathers roll-ups, and says what they come to. */
export class LatencyTally {
  readonly sketch = new LatencySketch();
  #sums = NOTHING;

  get sums(): LatencySums {
    return this.#sums;
  }

  add(sums: LatencySums): void {
    const a = this.#sums;
    this.#sums = {
      rows: a.rows + sums.rows,
      withinRows: a.withinRows + sums.withinRows,
      maxMs: Math.max(a.maxMs, sums.maxMs),
      waitingMs: a.waitingMs + sums.waitingMs,
      batchingMs: a.batchingMs + sums.batchingMs,
      uploadingMs: a.uploadingMs + sums.uploadingMs,
      retryingMs: a.retryingMs + sums.retryingMs,
      files: a.files + sums.files,
      rawBytes: a.rawBytes + sums.rawBytes,
      gzipBytes: a.gzipBytes + sums.gzipBytes,
    };
  }

  merge(other: LatencyTally): void {
    this.add(other.#sums);
    this.sketch.merge(other.sketch);
  }

  figures(): LatencyFigures {
    const { rows, withinRows, maxMs, files, rawBytes, gzipBytes, ...delays } = this.#sums;
    const quantile = (q: number) => quantileMs(this.sketch, q, maxMs);
    const mean = (sumMs: number) => Math.round(sumMs / rows);
    return {
      rows,
      withinRows,
      p50Ms: quantile(0.5),
      p95Ms: quantile(0.95),
      p99Ms: quantile(0.99),
      maxMs: rows === 0 ? null : maxMs,
      split:
        rows === 0
          ? null
          : {
              waitingMs: mean(delays.waitingMs),
              batchingMs: mean(delays.batchingMs),
              uploadingMs: mean(delays.uploadingMs),
              retryingMs: mean(delays.retryingMs),
            },
      files,
      rawBytes,
      gzipBytes,
    };
  }
}
