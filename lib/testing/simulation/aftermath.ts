import type { Lifecycle } from '@/lib/domain/routing/state';
import type { LaneRow, RoutingRow } from '@/lib/testing/memory-ledger/memory-state';
import type { Producers } from './producers';
import { QuietHour } from './quiet-hour';
import { Restoration } from './restoration';
import type { Verbs } from './verbs';
import { Violation } from './violation';
import type { World } from './world-parts';

/** Within this everything that runs must be delivered: back-off, leases and freezes have all ended by then. */
const DEADLINE_MS = 15 * 60_000;
/** Whoever is there goes on by itself. */
const ON_THE_WAY: readonly Lifecycle[] = ['pausing', 'resuming', 'draining'];
const LOOK_EVERY_MS = 10_000;
const QUIET_LOOK_EVERY_MS = 60_000;
/** Nothing that was sent takes effect later than this. */
const LATEST_EFFECT_MS = 45_000;

/** The storm is over: whatever a person would mend is mended, and the rest must mend itself, in time. */
export class Aftermath {
  #isDone = false;
  #quietFromMs = 0;
  readonly #restoration: Restoration;
  readonly #quietHour: QuietHour;

  constructor(
    private readonly world: World,
    private readonly people: { readonly verbs: Verbs; readonly producers: Producers },
  ) {
    this.#restoration = new Restoration(world, people.verbs);
    this.#quietHour = new QuietHour(world);
  }

  get fills(): ReadonlyMap<string, string | null> {
    return this.#restoration.fills;
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  begin(): void {
    const { world } = this;
    world.isStorm = false;
    world.scheduler.note('the storm is over');
    world.coverage.count('aftermath.foreign_removed', world.buckets.removeForeign());
    world.buckets.restoreAccess();
    world.unreadableCredentials.clear();
    world.outages.clear();
    for (const { process } of [...world.workers, ...world.collectors]) {
      process.isClockReady = true;
      process.skewMs = 0;
    }
    this.#quietFromMs = world.scheduler.nowMs + LATEST_EFFECT_MS;
    this.#look(world.scheduler.nowMs + DEADLINE_MS);
  }

  /** Nobody sends any more, nothing is on its way, and whoever froze has thawed and done what it still wanted to do. */
  #isQuiet(): boolean {
    const { scheduler, workers, collectors } = this.world;
    for (const { process } of [...workers, ...collectors])
      this.#quietFromMs = Math.max(this.#quietFromMs, process.frozenUntilMs + LATEST_EFFECT_MS);
    return this.people.producers.areQuiet && scheduler.nowMs >= this.#quietFromMs;
  }

  #look(deadlineMs: number): void {
    const { scheduler } = this.world;
    const open = this.#unfinished();
    if (open.length === 0 && this.#isQuiet() && this.#isWritten()) {
      this.#checkFreshness();
      this.#endQuietly();
      return;
    }
    if (scheduler.nowMs >= deadlineMs) {
      const [lane] = open;
      scheduler.fail(
        new Violation('stuck', `still undelivered: ${JSON.stringify([...open, ...this.#unwritten()])}`, [
          `lane=${lane?.id}`,
        ]),
      );
      return;
    }
    this.#mend(open);
    scheduler.after(LOOK_EVERY_MS, 'a person looks', () => this.#look(deadlineMs));
  }

  /** Replays of what customers deleted have ended, and every hour that is closed is marked. */
  #isWritten(): boolean {
    this.#restoreBytes();
    return this.#restoration.isDone() && this.#unwritten().length === 0;
  }

  #unwritten(): unknown[] {
    const { ledger } = this.world;
    const isRunning = (id: string) => ledger.routings().some((routing) => routing.id === id && runs(routing));
    return [
      ...ledger.markerRows().filter(({ state, routingId }) => state === 'pending' && isRunning(routingId)),
      ...ledger.replayRows().filter(({ state, routingId }) => state === 'running' && isRunning(routingId)),
    ];
  }

  /** In some runs an hour passes in which nobody sends anything. */
  #endQuietly(): void {
    const { scheduler, profile } = this.world;
    if (!profile.hasQuietHour || this.#quietHour.isDone()) {
      this.#isDone = true;
      return;
    }
    scheduler.after(QUIET_LOOK_EVERY_MS, 'a person looks', () => this.#endQuietly());
  }

  /** Where nothing is left to do, nothing is shown as waiting. */
  #checkFreshness(): void {
    const { ledger, scheduler } = this.world;
    for (const routing of ledger.routings().filter(runs)) {
      const sinceMs = ledger.pendingSinceMs(routing.id);
      if (sinceMs !== null)
        scheduler.fail(
          new Violation('freshness', `${routing.id} has all and waits since ${sinceMs}`, [routing.id]),
        );
    }
  }

  /** Lanes that run, or would if nobody held them, and are not done up to their head. */
  #unfinished(): Readonly<LaneRow>[] {
    const { ledger, log } = this.world;
    const types = new Map(ledger.streams().map(({ id, type }) => [id, type]));
    const routings = new Map(ledger.routings().map((routing) => [routing.id, routing]));
    return ledger.lanes().filter((lane) => {
      const routing = routings.get(lane.routingId);
      const type = types.get(lane.streamId);
      if (routing === undefined || type === undefined) return true;
      if (ON_THE_WAY.includes(routing.lifecycle)) return true;
      if (!lane.running) return false;
      if (!routing.dataTypes.includes(type)) return lane.next > lane.done;
      return lane.done < log.headOf(lane.streamId).nextOffset;
    });
  }

  /** Whoever looks at a held lane has its bytes restored, and lets it go. */
  #mend(open: readonly Readonly<LaneRow>[]): void {
    const { prng, coverage } = this.world;
    const { verbs } = this.people;
    this.#restoreBytes();
    const held = open.filter(({ heldCause }) => heldCause !== null);
    for (const routingId of new Set(held.map((lane) => lane.routingId))) {
      coverage.count('aftermath.hold_released');
      if (prng.chance(0.5)) verbs.retryHeld(routingId);
      else verbs.pauseAndResume(routingId, prng.between(100, 3_000));
    }
  }

  #restoreBytes(): void {
    const { watch, log } = this.world;
    for (const { streamId, offset, body } of [...watch.chunks.values()].flat()) {
      if (watch.damaged.has(`${streamId}/${offset}`)) log.replaceBody(streamId, offset, body);
    }
  }
}

function runs({ intent, lifecycle, health }: Readonly<RoutingRow>): boolean {
  return intent === 'run' && (lifecycle === 'active' || lifecycle === 'starting') && health !== 'blocked';
}
