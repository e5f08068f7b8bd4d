import type { RoutingLabel } from '@/lib/domain/routing/label';

/** Where the time of a row goes, ms, as a mean over rows. */
export interface DelaySplit {
  /** Received, and longer in the log than the flush interval: held, or waiting for a writer. */
  readonly waitingMs: number;
  /** Received, and gathered for the next file. */
  readonly batchingMs: number;
  /** From the mark of the attempt that landed until the file was visible. */
  readonly uploadingMs: number;
  /** From the seal until the mark of the attempt that landed: earlier attempts and their back-off. */
  readonly retryingMs: number;
}

export interface LatencyFigures {
  readonly rows: number;
  /** Rows that arrived within the promise. */
  readonly withinRows: number;
  /** Null where there were no rows; relative error of the quantiles at most 1 %. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly maxMs: number | null;
  readonly split: DelaySplit | null;
  readonly files: number;
  readonly rawBytes: number;
  readonly gzipBytes: number;
}

/** One step of the range: what was delivered in [at, at + stepMs). */
export interface LatencyPoint extends LatencyFigures {
  readonly at: string;
  /** Attempts that failed in this step, by class. */
  readonly errors: Readonly<Partial<Record<ErrorClass, number>>>;
  /** Made up for the demonstration. */
  readonly isDemo: boolean;
}

/** Failed attempts as a chart groups them. */
export type ErrorClass = 'access' | 'throttled' | 'network' | 'other';

/** A stretch of the range during which the routing carried one label. */
export interface StateSpan {
  readonly from: string;
  readonly to: string;
  readonly label: RoutingLabel;
}

/** Latency of one routing over a range; every point of the range is there, with null quantiles where nothing came. */
export interface LatencyView {
  readonly from: string;
  readonly to: string;
  readonly stepMs: number;
  readonly promiseMs: number;
  readonly points: readonly LatencyPoint[];
  /** Over the whole range, from merged sketches: never averages of percentiles. */
  readonly total: LatencyFigures;
  readonly states: readonly StateSpan[];
}
