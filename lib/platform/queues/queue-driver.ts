import type { JobsOptions } from 'bullmq';

export interface DriverJob {
  readonly name: string;
  readonly data: object;
  readonly opts: JobsOptions;
}

export interface DriverQueue {
  addBulk(jobs: DriverJob[]): Promise<unknown>;
  getWaitingCount(): Promise<number>;
  /** Jobs that wait, between two places in the line; both ends inclusive. */
  getWaiting(start: number, end: number): Promise<readonly { readonly timestamp: number }[]>;
  close(): Promise<void>;
}

export interface DriverWorker {
  close(force?: boolean): Promise<void>;
}

export interface DriverWorkerOptions {
  readonly concurrency: number;
  readonly process: (data: unknown) => Promise<void>;
  readonly onError: (error: Error) => void;
}

/** Where BullMQ keeps its jobs. One driver holds every connection of the process. */
export interface QueueDriver {
  openQueue(name: string, onError: (error: Error) => void): DriverQueue;
  openWorker(name: string, options: DriverWorkerOptions): DriverWorker;
  close(): Promise<void>;
}

/** What every worker has in common. A killed worker's job comes back after at most two stalled checks. */
export const WORKER_SETTINGS = {
  lockDuration: 30_000,
  stalledInterval: 15_000,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 0 },
} as const;
