import type { DataType } from '@/lib/domain/data-type';

/** complete: everything is in the bucket · late: complete, but some of it after the promise · open: the hour may still
 * get events, or what waits may still arrive within the promise · missing: something is not in the bucket in time ·
 * gap: something was lost and is recorded · quiet: no event came · held: like missing, while the routing is paused ·
 * unknown: before the routing or its records, or still to come */
export type HourState = 'complete' | 'late' | 'open' | 'missing' | 'gap' | 'quiet' | 'held' | 'unknown';

export type AcceptedBy = 'collectors' | 'chunks';

/** One UTC hour of one data type: what was accepted and where it is. Rows; accepted = delivered + pending + setAside + gap. */
export interface HourView {
  /** Start of the hour. */
  readonly hour: string;
  readonly type: DataType;
  readonly state: HourState;
  /** Null when the log no longer says. */
  readonly accepted: number | null;
  /** Who counted `accepted`: collectors from the requests, or, before they did, the chunks of the log; null without it. */
  readonly acceptedBy: AcceptedBy | null;
  /** The same from the chunks of the log, the second source; null when they were gone before they were counted. */
  readonly chunkRows: number | null;
  readonly delivered: number;
  readonly pending: number;
  /** Taken out by the routing's filter of event names, superseded, or corrupt. */
  readonly setAside: number;
  /** Those of them whose stored bytes were no longer what was collected: set aside and never delivered. */
  readonly setAsideCorrupt: number;
  readonly gap: number;
  readonly files: number;
  readonly gzipBytes: number;
  /** Longest time from receipt to visible file, of the hour's files; null without files. */
  readonly latencyMaxMs: number | null;
  /** Whether the two sides of the receipt are equal, and both sources of accepted; null when the log no longer says. */
  readonly isBalanced: boolean | null;
}
