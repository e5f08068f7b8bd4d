import type { JobDefinition } from '@/lib/domain/jobs/job-definition';

/** Something that takes jobs until it is stopped. */
export interface Consumer {
  /** Takes no new job and waits for those in hand, at most `deadlineMs`. */
  stop(deadlineMs: number): Promise<void>;
}

/**
 * Wake-ups between processes. Losing every job delays work and loses nothing: whoever publishes does it again from
 * what the database says, and handlers look there before they act.
 */
export interface Queues {
  readonly backend: 'postgres' | 'redis';
  publish<P extends object>(
    definition: JobDefinition<P>,
    payloads: readonly P[],
    folding: Folding,
  ): Promise<void>;
  /** Jobs that wait for a worker. */
  countWaiting<P extends object>(definition: JobDefinition<P>): Promise<number>;
  /** When the job that waits longest was published, epoch ms by its publisher's clock; null when none waits. */
  oldestWaitingAtMs<P extends object>(definition: JobDefinition<P>): Promise<number | null>;
  consume<P extends object>(definition: JobDefinition<P>, consumption: Consumption<P>): Consumer;
  close(): Promise<void>;
}

/** `fold`: jobs with the same deduplication id are one for a while. `always`: this one runs besides. */
export type Folding = 'fold' | 'always';

export interface Consumption<P> {
  readonly concurrency: number;
  /** A rejection is logged and the job forgotten: there are no retries of jobs. */
  readonly handle: (payload: P) => Promise<void>;
}
