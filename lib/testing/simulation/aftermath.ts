import type { LaneRow } from '@/lib/testing/memory-ledger/memory-state';
import type { Producers } from './producers';
import type { Verbs } from './verbs';
import { Violation } from './violation';
import type { World } from './world-parts';

/** Within this everything that runs must be delivered: back-off, leases and freezes have all ended by then. */
const DEADLINE_MS = 15 * 60_000;
const LOOK_EVERY_MS = 10_000;
/** Nothing that was sent takes effect later than this. */
const LATEST_EFFECT_MS = 45_000;

/** The storm is over: whatever a person would mend is mended, and the rest must mend itself, in time. */
export class Aftermath {
  #isDone = false;
  #quietFromMs = 0;

  constructor(
    private readonly world: World,
    private readonly people: { readonly verbs: Verbs; readonly producers: Producers },
  ) {}

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
    if (open.length === 0 && this.#isQuiet()) {
      this.#isDone = true;
      return;
    }
    if (scheduler.nowMs >= deadlineMs) {
      const [lane] = open;
      scheduler.fail(
        new Violation('stuck', `still undelivered: ${JSON.stringify(open)}`, [`lane=${lane?.id}`]),
      );
      return;
    }
    this.#mend(open);
    scheduler.after(LOOK_EVERY_MS, 'a person looks', () => this.#look(deadlineMs));
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
      if (routing.lifecycle === 'pausing' || routing.lifecycle === 'resuming') return true;
      if (!lane.running || this.#isBeyondMending(lane)) return false;
      if (!routing.dataTypes.includes(type)) return lane.next > lane.done;
      return lane.done < log.headOf(lane.streamId).nextOffset;
    });
  }

  /** Retention took chunks of a cut that was sealed: the lane stays held, and says so. */
  #isBeyondMending({ heldCause, next, done, streamId }: Readonly<LaneRow>): boolean {
    if (heldCause !== 'chunk_missing' || next === done) return false;
    const { watch, coverage } = this.world;
    const isGone = (watch.chunks.get(streamId) ?? [])
      .slice(done, next)
      .some(({ offset }) => watch.removed.has(`${streamId}/${offset}`));
    if (isGone) coverage.count('aftermath.left_held');
    return isGone;
  }

  #restoreBytes(): void {
    const { watch, log, coverage } = this.world;
    for (const { streamId, offset, body } of [...watch.chunks.values()].flat()) {
      if (!watch.damaged.has(`${streamId}/${offset}`)) continue;
      log.replaceBody(streamId, offset, body);
      coverage.count('aftermath.bytes_restored');
    }
  }

  /** Whoever looks at a held lane has its bytes restored and has it resumed. */
  #mend(open: readonly Readonly<LaneRow>[]): void {
    const { ledger, coverage, scheduler, prng } = this.world;
    const held = new Set(
      open.filter(({ heldCause }) => heldCause !== null).map(({ routingId }) => routingId),
    );
    this.#restoreBytes();
    for (const routing of ledger.routings()) {
      if (!held.has(routing.id)) continue;
      coverage.count('aftermath.hold_released');
      this.people.verbs.pause(routing.id);
      scheduler.after(prng.between(100, 3_000), 'resume', () => this.people.verbs.resume(routing.id));
    }
  }
}
