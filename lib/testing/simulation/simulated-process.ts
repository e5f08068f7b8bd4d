import type { Clock } from '@/lib/platform/clock';
import type { Timers } from '@/lib/platform/timers';
import type { Coverage } from './coverage';
import type { Prng } from './prng';
import type { Scheduler } from './scheduler';

/** What every part of a simulated world shares. */
export interface Core {
  readonly scheduler: Scheduler;
  readonly prng: Prng;
  readonly coverage: Coverage;
}

/** When a message takes effect over there and when its answer is here; null for never. */
export interface Passage {
  readonly effectAfterMs: number | null;
  readonly answerAfterMs: number;
  /** The answer does not arrive: the caller gets this error instead. */
  readonly lostAs: Error | null;
}

/** What a crash throws where it strikes; nothing of the process runs on behind it. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/**
 * One process: everything that reaches it or leaves it passes here. Dead, it never hears of anything again and nothing
 * that it still tries takes effect; frozen, it neither hears nor sends until it thaws.
 */
export class SimulatedProcess {
  isAlive = true;
  frozenUntilMs = Number.NEGATIVE_INFINITY;
  /** Milliseconds by which its idea of database time is wrong. */
  skewMs = 0;
  isClockReady = true;
  private readonly bornMs: number;

  constructor(
    private readonly core: Core,
    readonly name: string,
  ) {
    this.bornMs = core.scheduler.nowMs;
  }

  readonly clock: Clock = {
    nowMs: () => Math.round(this.core.scheduler.nowMs + this.skewMs),
    monotonicMs: () => this.core.scheduler.nowMs - this.bornMs,
    isReady: () => this.isClockReady,
  };

  readonly timers: Timers = {
    after: (ms, task) => this.#timer(ms, task, false),
    every: (ms, task) => this.#timer(ms, task, true),
  };

  crash(): void {
    this.isAlive = false;
  }

  freeze(forMs: number): void {
    this.frozenUntilMs = Math.max(this.frozenUntilMs, this.core.scheduler.nowMs + forMs);
  }

  /** Sends a message; resolves with what its effect returned, rejects with its error, or never, as `passage` says. */
  exchange<T>(label: string, passage: Passage, effect: () => T | Promise<T>): Promise<T> {
    const { scheduler, prng } = this.core;
    return new Promise((resolve, reject) => {
      if (!this.isAlive) return;
      const startMs = Math.max(scheduler.nowMs, this.frozenUntilMs);
      const isSent = startMs === scheduler.nowMs;
      // What is on the wire when its sender dies may still arrive.
      const survivesCrash = prng.chance(0.5);
      const { effectAfterMs, answerAfterMs, lostAs } = passage;
      const endMs = startMs + answerAfterMs;
      const answer = (settle: () => void) =>
        this.#hear(Math.max(endMs, scheduler.nowMs), `${label} <`, settle);
      if (lostAs !== null) answer(() => reject(lostAs));
      if (effectAfterMs === null) return;
      scheduler.at(startMs + effectAfterMs, `${this.name} ${label} >`, () => {
        if (!this.isAlive && !(isSent && survivesCrash)) return;
        const whenDone = lostAs === null ? { resolve, reject, answer } : null;
        void this.#takeEffect(effect, whenDone);
      });
    });
  }

  async #takeEffect<T>(
    effect: () => T | Promise<T>,
    then: {
      resolve: (value: T) => void;
      reject: (error: unknown) => void;
      answer: (s: () => void) => void;
    } | null,
  ): Promise<void> {
    try {
      const value = await effect();
      then?.answer(() => then.resolve(value));
    } catch (error) {
      then?.answer(() => then.reject(error));
    }
  }

  /** Runs `task` here at that instant, or when the process thaws; never once it is dead. */
  #hear(atMs: number, label: string, task: () => void): void {
    const { scheduler, prng } = this.core;
    scheduler.at(atMs, `${this.name} ${label}`, () => {
      if (!this.isAlive) return;
      if (this.frozenUntilMs > scheduler.nowMs) this.#hear(this.frozenUntilMs + prng.below(20), label, task);
      else task();
    });
  }

  #timer(ms: number, task: () => void, again: boolean): () => void {
    let isStopped = false;
    const arm = () =>
      this.#hear(this.core.scheduler.nowMs + ms, 'timer', () => {
        if (isStopped) return;
        if (again) arm();
        task();
      });
    arm();
    return () => {
      isStopped = true;
    };
  }
}
