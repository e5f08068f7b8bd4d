import { passPoint } from './pass-point';
import { Crash } from './simulated-process';
import { Violation } from './violation';
import type { World } from './world-parts';

const SETTLE_EVERY_MS = 2_000;
const CHORES_EVERY_MS = 5_000;
/** While nothing but an hour passes, nobody needs to look so often. */
const QUIET_FACTOR = 12;

/** The chores that the simulation runs, by the names of the worker's. */
export const CHORE_NAMES = [
  'settle-routings',
  'close-lost-attempts',
  'close-hours',
  'stop-removed-lanes',
  'expire-lanes',
  'sweep-lanes',
  'watch-health',
] as const;
type ChoreName = (typeof CHORE_NAMES)[number];

/** The dispatcher, which nothing holds up, and the chores: each turn is some worker's, which may die or freeze in it. */
export class Chores {
  readonly #chores: Readonly<Record<ChoreName, () => void>>;

  constructor(private readonly world: World) {
    const { ledger, coverage, scheduler } = world;
    this.#chores = {
      'settle-routings': () => ledger.settleRoutings(),
      'close-lost-attempts': () => coverage.count('chore.attempts_closed', ledger.closeLostAttempts()),
      'close-hours': () => coverage.count('chore.hours_closed', ledger.closeHours()),
      'stop-removed-lanes': () => coverage.count('chore.lanes_stopped', ledger.stopRemovedLanes()),
      'expire-lanes': () => coverage.count('chore.expired', ledger.expireLanes()),
      'sweep-lanes': () => {
        const swept = ledger.sweepLanes();
        if (swept.length > 0)
          scheduler.fail(new Violation('lane', `there was no lane: ${JSON.stringify(swept)}`));
      },
      'watch-health': () => ledger.watchHealth(),
    };
  }

  start(): void {
    this.#every(
      'dispatch',
      () => this.world.profile.dispatchEveryMs,
      () => this.#dispatch(),
    );
    this.#every(
      'settle',
      () => SETTLE_EVERY_MS,
      () => this.#take('settle-routings'),
    );
    this.#every(
      'chores',
      () => CHORES_EVERY_MS,
      () => {
        for (const name of CHORE_NAMES) if (name !== 'settle-routings') this.#take(name);
        this.world.watch.lookAtFreshness();
      },
    );
  }

  #dispatch(): void {
    const { prng, ledger, queue } = this.world;
    for (const { isBehind, laneId, epoch } of ledger.dispatchDueLanes(prng.chance(0.1) ? 1 : 100)) {
      queue.publish({ laneId, epoch }, isBehind ? 'half' : 'whole', 'fold');
    }
  }

  /** One worker has the turn; where it dies, the next turn is another one's. */
  #take(name: ChoreName): void {
    const { prng, workers, scheduler } = this.world;
    const reachable = workers.filter(({ isReachable }) => isReachable);
    if (reachable.length === 0) return;
    const { process } = prng.pick(reachable);
    try {
      passPoint(this.world, process, `point.chore.${name}.before`);
    } catch (error) {
      if (error instanceof Crash) return;
      throw error;
    }
    const goOn = () => {
      if (process.isAlive) this.#run(name, process);
    };
    // Frozen with the turn in its hands, it goes on when somebody else has long done the same.
    if (process.frozenUntilMs <= scheduler.nowMs) goOn();
    else scheduler.at(process.frozenUntilMs, `late ${name}`, goOn);
  }

  #run(name: ChoreName, process: World['workers'][number]['process']): void {
    const { prng, watch } = this.world;
    let arrives = true;
    try {
      passPoint(this.world, process, `point.chore.${name}.sent`);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      arrives = prng.chance(0.5);
    }
    if (arrives) this.#chores[name]();
    watch.lookAtLanes();
    if (!process.isAlive) return;
    try {
      passPoint(this.world, process, `point.chore.${name}.after`);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
  }

  #every(name: string, periodMs: () => number, run: () => void): void {
    const { scheduler, prng } = this.world;
    const isHungUp = this.world.isStorm && prng.chance(0.02);
    const factor = (0.8 + 0.4 * prng.next()) * (this.world.isQuiet ? QUIET_FACTOR : 1);
    const pauseMs = isHungUp ? prng.below(20_000) : periodMs() * factor;
    scheduler.after(pauseMs, name, () => {
      run();
      this.#every(name, periodMs, run);
    });
  }
}
