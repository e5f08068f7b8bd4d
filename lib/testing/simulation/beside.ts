import type { BesideWork, World } from './world-parts';

const REPLAYS_EVERY_MS = 3_000;
const MARKERS_EVERY_MS = 5_000;
const PROBES_EVERY_MS = 15_000;
/** While nothing but an hour passes, nobody needs to look so often. */
const QUIET_FACTOR = 6;
const HOUR_MS = 3_600_000;

/** What wakes workers up for replays, hour markers and access probes; each turn goes to one worker, and may be lost. */
export class Beside {
  constructor(private readonly world: World) {}

  start(): void {
    this.#every('replays', REPLAYS_EVERY_MS, () => this.#wakeReplays());
    this.#every('markers', MARKERS_EVERY_MS, () => this.#wakeMarkers());
    this.#every('probes', PROBES_EVERY_MS, () => this.#give({ kind: 'probe' }));
  }

  #wakeReplays(): void {
    const { ledger } = this.world;
    if (!ledger.replayRows().some(({ state }) => state === 'running')) return;
    void ledger.replays.listDue(100).then((due) => {
      for (const replayId of due) this.#wakeReplay(replayId);
    });
  }

  /** Lost, doubled and late like every other job. */
  #wakeReplay(replayId: string): void {
    const { prng, coverage, scheduler } = this.world;
    const { refused: lost, lost: doubled, late } = this.world.weather().queue;
    const again = () =>
      scheduler.after(prng.below(50), 'a replay goes on', () =>
        this.#give({ kind: 'replay', replayId, again }),
      );
    const work: BesideWork = { kind: 'replay', replayId, again };
    if (prng.chance(lost)) coverage.count('replay_job.lost');
    else this.#give(work);
    if (prng.chance(doubled)) this.#give(work);
    if (prng.chance(late))
      scheduler.after(prng.below(20_000), 'a late job of a replay', () => this.#give(work));
  }

  #wakeMarkers(): void {
    const { ledger, scheduler } = this.world;
    const wanted = ledger.routings().filter(({ id }) => ledger.markersSinceMs(id) !== null);
    const isHourOver = wanted.some(({ id, dataTypes }) => {
      const fromMs = Math.max(ledger.markersSinceMs(id) ?? 0, ledger.startedAtMs(id) ?? Infinity);
      const decided = ledger.markerRows().filter(({ routingId }) => routingId === id);
      return dataTypes.some((type) => {
        const last = decided.filter((marker) => marker.type === type).map(({ hourMs }) => hourMs + HOUR_MS);
        const nextMs = Math.max(Math.floor(fromMs / HOUR_MS) * HOUR_MS, ...last);
        return type !== 'segment' && nextMs + HOUR_MS <= scheduler.nowMs;
      });
    });
    if (isHourOver) this.#give({ kind: 'decide' });
    if (ledger.claimableMarkers().length > 0) this.#give({ kind: 'mark' });
  }

  #give(work: BesideWork): void {
    const { prng, workers } = this.world;
    if (workers.length > 0) prng.pick(workers).takeBeside(work);
  }

  #every(name: string, periodMs: number, run: () => void): void {
    const { scheduler, prng } = this.world;
    const pauseMs = periodMs * (0.8 + 0.4 * prng.next()) * (this.world.isQuiet ? QUIET_FACTOR : 1);
    scheduler.after(pauseMs, name, () => {
      run();
      this.#every(name, periodMs, run);
    });
  }
}
