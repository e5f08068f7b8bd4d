/** A long-running part of a process. The supervisor knows nothing else about it. */
export interface Service {
  readonly name: string;
  /** Resolves when it works; rejects with one clear sentence when it cannot. */
  start(): Promise<void>;
  /** False while it must get no work; answered by /readyz. */
  isReady(): boolean;
  /** Takes no new work, finishes what is in flight within the deadline, then lets go of everything. */
  stop(deadlineMs: number): Promise<void>;
}
