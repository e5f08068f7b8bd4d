import type { RoutingLabel } from '@/lib/domain/routing/label';
import type { ProcessView, QueueReport } from './process';

/** A piece of periodic work that one process at a time does, and when it was last begun. */
export interface TurnView {
  readonly name: string;
  readonly at: string;
}

export interface EventLogView {
  /** Everything of the log on disk, indexes and receipts of requests included. */
  readonly diskBytes: number;
  /** Kept within the retention, delivered or not. */
  readonly keptEvents: number;
  readonly keptChunks: number;
  /** Ever accepted. */
  readonly acceptedEvents: number;
  readonly partitions: number;
  /** Day of the oldest partition that holds something, in UTC; null when nothing is kept. */
  readonly oldestDay: string | null;
}

/** What is collected and not delivered yet, over all routings. */
export interface PendingView {
  readonly events: number;
  /** As stored, compressed. */
  readonly bytes: number;
  /** Age of the oldest of it; null when nothing is pending. */
  readonly oldestAgeMs: number | null;
}

export interface DatabaseView {
  readonly version: string;
  readonly connections: number;
  readonly connectionsMax: number;
  /** How much the database's clock is ahead of this web process's. */
  readonly clockAheadMs: number;
}

/** What runs and how it is. A part that could not be read in time is null, which screens show as unknown. */
export interface SystemView {
  /** RFC 3339 in UTC. */
  readonly asOf: string;
  readonly version: string;
  readonly processes: readonly ProcessView[] | null;
  /** As the worker heard of last says; null when no worker is heard of or its queue did not answer. */
  readonly queue: QueueReport | null;
  readonly turns: readonly TurnView[] | null;
  readonly log: EventLogView | null;
  readonly database: DatabaseView | null;
  readonly pending: PendingView | null;
  /** How many routings have which status, the worst first. */
  readonly routings: readonly { readonly label: RoutingLabel; readonly count: number }[] | null;
}
