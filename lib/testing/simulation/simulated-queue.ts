import type { LookAtLane } from '@/lib/domain/jobs/look-at-lane';
import { lookAtLane } from '@/lib/domain/jobs/look-at-lane';
import type { BudgetShare } from '@/workers/runtime/byte-budget';
import type { NetworkWeather } from './passages';
import type { Core } from './simulated-process';
import type { Worker } from './world-parts';

const LATE_MS = 40_000;
const TRY_AGAIN_MS = 250;
const TRIES_MAX = 12;

/** The queue of wake-ups: loses, doubles and delays them, and brings some for an epoch that is not theirs. */
export class SimulatedQueue {
  readonly #foldedUntilMs = new Map<string, number>();

  constructor(
    private readonly core: Core,
    private readonly takers: () => readonly Worker[],
    private readonly weather: () => NetworkWeather,
  ) {}

  /** `fold`: jobs for the same lane and epoch within two seconds are one. */
  publish(job: LookAtLane, share: BudgetShare, mode: 'fold' | 'always'): void {
    const { scheduler, prng, coverage } = this.core;
    const name = `${lookAtLane.dedupId(job)} ${share}`;
    if (mode === 'fold' && (this.#foldedUntilMs.get(name) ?? 0) > scheduler.nowMs) return;
    this.#foldedUntilMs.set(name, scheduler.nowMs + lookAtLane.dedupTtlMs);
    const { refused: lost, lost: doubled, late } = this.weather();
    if (prng.chance(lost)) {
      coverage.count('job.lost');
      return;
    }
    this.#bring(job, share, prng.below(30));
    if (prng.chance(doubled)) {
      coverage.count('job.doubled');
      this.#bring(job, share, prng.below(3_000));
    }
    if (prng.chance(late)) {
      coverage.count('job.late');
      this.#bring(job, share, prng.below(LATE_MS));
    }
    if (prng.chance(late)) {
      coverage.count('job.wrong_epoch');
      this.#bring({ ...job, epoch: job.epoch + prng.pick([-1, 1]) }, share, prng.below(100));
    }
  }

  #bring(job: LookAtLane, share: BudgetShare, afterMs: number, tries = 0): void {
    const { scheduler, prng } = this.core;
    scheduler.after(afterMs, `job lane=${job.laneId}`, () => {
      const takers = [...this.takers()];
      while (takers.length > 0) {
        const [taker] = takers.splice(prng.below(takers.length), 1);
        if (taker?.take(job, share)) return;
      }
      if (tries < TRIES_MAX) this.#bring(job, share, TRY_AGAIN_MS, tries + 1);
    });
  }
}
