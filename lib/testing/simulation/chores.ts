import { Violation } from './violation';
import type { World } from './world-parts';

const SETTLE_EVERY_MS = 2_000;
const CHORES_EVERY_MS = 5_000;

/** The dispatcher and the chores that take turns through the database: no process of their own can hold them up. */
export class Chores {
  constructor(private readonly world: World) {}

  start(): void {
    this.#every(
      'dispatch',
      () => this.world.profile.dispatchEveryMs,
      () => this.#dispatch(),
    );
    this.#every(
      'settle',
      () => SETTLE_EVERY_MS,
      () => this.world.ledger.settleRoutings(),
    );
    this.#every(
      'chores',
      () => CHORES_EVERY_MS,
      () => this.#clean(),
    );
  }

  #dispatch(): void {
    const { prng, ledger, queue } = this.world;
    for (const { isBehind, laneId, epoch } of ledger.dispatchDueLanes(prng.chance(0.1) ? 1 : 100)) {
      queue.publish({ laneId, epoch }, isBehind ? 'half' : 'whole', 'fold');
    }
  }

  #clean(): void {
    const { ledger, coverage, watch, prng, scheduler } = this.world;
    coverage.count('chore.attempts_closed', ledger.closeLostAttempts());
    coverage.count('chore.hours_closed', ledger.closeHours());
    coverage.count('chore.lanes_stopped', ledger.stopRemovedLanes());
    coverage.count('chore.expired', ledger.expireLanes());
    const swept = ledger.sweepLanes();
    if (swept.length > 0)
      scheduler.fail(new Violation('lane', `there was no lane: ${JSON.stringify(swept)}`));
    if (prng.chance(0.5)) ledger.watchHealth();
    watch.lookAtLanes();
  }

  #every(name: string, periodMs: () => number, run: () => void): void {
    const { scheduler, prng } = this.world;
    const isHungUp = this.world.isStorm && prng.chance(0.02);
    const pauseMs = isHungUp ? prng.below(20_000) : periodMs() * (0.8 + 0.4 * prng.next());
    scheduler.after(pauseMs, name, () => {
      run();
      this.#every(name, periodMs, run);
    });
  }
}
