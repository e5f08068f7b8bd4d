import { performance } from 'node:perf_hooks';

/** Database time, and a monotonic clock for durations. Decisions use nothing else. */
export interface Clock {
  /** Database time, epoch ms. Throws while the offset is unknown. */
  nowMs(): number;
  monotonicMs(): number;
  /** False while the offset is unknown or has drifted: the process is not ready. */
  isReady(): boolean;
}

const DRIFT_MAX_MS = 5_000;
/** Older knowledge is no knowledge: the machine may have been suspended meanwhile. */
const LEARNED_MAX_AGE_MS = 30_000;

/**
 * Learns the offset between database time and the local monotonic clock from round trips.
 * `readDatabaseMs` returns the database's clock_timestamp() as epoch ms.
 */
export class DatabaseClock implements Clock {
  #offsetMs: number | null = null;
  #drifted = false;
  #learnedAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly readDatabaseMs: () => Promise<number>,
    private readonly readMonotonicMs: () => number = () => performance.now(),
  ) {}

  monotonicMs(): number {
    return this.readMonotonicMs();
  }

  nowMs(): number {
    if (this.#offsetMs === null) throw new Error('Database time is not known yet');
    return Math.round(this.monotonicMs() + this.#offsetMs);
  }

  isReady(): boolean {
    return !this.#drifted && this.monotonicMs() - this.#learnedAtMs <= LEARNED_MAX_AGE_MS;
  }

  /** One measurement; the middle of the round trip is taken as the moment of the reply. */
  async learn(): Promise<void> {
    const before = this.monotonicMs();
    const databaseMs = await this.readDatabaseMs();
    const after = this.monotonicMs();
    const offsetMs = databaseMs - (before + after) / 2;
    const uncertainMs = after - before;
    if (uncertainMs > DRIFT_MAX_MS) return;
    this.#drifted = this.#offsetMs !== null && Math.abs(offsetMs - this.#offsetMs) > DRIFT_MAX_MS;
    this.#offsetMs = offsetMs;
    this.#learnedAtMs = after;
  }
}

/** A clock that tests drive by hand. */
export class ManualClock implements Clock {
  constructor(private ms: number) {}

  nowMs(): number {
    return this.ms;
  }

  monotonicMs(): number {
    return this.ms;
  }

  isReady(): boolean {
    return true;
  }

  advance(ms: number): void {
    this.ms += ms;
  }
}
