import type { HourMarker } from '@/lib/domain/hour/marker';

/** A decided marker that this worker may write. */
export interface PendingMarker extends HourMarker {
  readonly id: string;
  readonly routingId: string;
  /** Tries in a row that failed. */
  readonly failures: number;
}

/** What came of one try. */
export interface MarkerEnd {
  /** Null: the same again after a while. */
  readonly state: 'written' | 'conflict' | null;
  readonly backOffMs: number;
  readonly cause: string | null;
  readonly httpStatus: number | null;
  readonly code: string | null;
  readonly requestId: string | null;
}

/** What hour markers know and record. Each call is one autocommit statement. */
export interface MarkerLedger {
  /** Decides markers of hours that are complete now, when it is this worker's turn; returns how many hours. */
  decideMarkers(): Promise<number>;
  /** The marker that waits longest, for a while; waits for a pause that is being written. Null when none may be written now. */
  claimMarker(deadlineMs: number): Promise<PendingMarker | null>;
  endMarker(id: string, end: MarkerEnd): Promise<void>;
}
