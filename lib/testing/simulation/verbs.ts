import { dataTypeSchema } from '@/lib/domain/data-type';
import { AppError } from '@/lib/domain/errors';
import type { ReplayMode } from '@/lib/domain/replay/view';
import type { EndingMode } from '@/lib/domain/routing/ending-input';
import { HOUR_MS } from '@/lib/domain/time-units';
import type { RoutingRow } from '@/lib/testing/memory-ledger/memory-state';
import type { Customers } from './customers';
import type { World } from './world-parts';

/** What people do to routings, at any moment. */
const WEIGHTS = {
  pause: 4,
  resume: 4,
  pause_and_resume: 3,
  edit_place: 3,
  edit_bucket: 2,
  rotate_keys: 2,
  edit_filter: 2,
  edit_types: 2,
  new_routing: 2,
  retry_held: 2,
  release_to_present_destination: 2,
  release_to_gap: 1,
  replay_fill: 4,
  replay_copy: 3,
  replay_look: 1,
  replay_cancel: 1,
  want_markers: 2,
  disable_drain: 2,
  disable_discard: 1,
  archive: 2,
} as const;
/** A check takes seconds, or waits for somebody to mend what it found. */
const CHECK_MAX_MS = 60_000;
type Verb = keyof typeof WEIGHTS;

/** Their names as they are counted. */
export const VERBS: readonly string[] = Object.keys(WEIGHTS)
  .filter((verb) => verb !== 'pause_and_resume' && verb !== 'new_routing')
  .concat('start');

export class Verbs {
  constructor(
    private readonly world: World,
    private readonly customers: Customers,
  ) {}

  /** A routing of which the first thing is that it starts. */
  startNew(): void {
    const routingId = this.customers.createRouting();
    if (this.world.prng.chance(0.6)) this.world.ledger.wantMarkers(routingId, true);
    this.#act('start', () => this.world.ledger.startRouting(routingId));
  }

  some(): void {
    const { prng, ledger } = this.world;
    const routing = prng.pick(ledger.routings());
    this.#do(prng.weighted(WEIGHTS), routing);
  }

  pause(routingId: string): void {
    this.#act('pause', () => {
      this.world.ledger.pauseRouting(routingId);
      this.world.watch.onPaused(routingId);
    });
  }

  resume(routingId: string): void {
    this.#act('resume', () => {
      this.world.ledger.resumeRouting(routingId);
      this.world.watch.onResumed(routingId);
    });
  }

  pauseAndResume(routingId: string, afterMs: number): void {
    this.pause(routingId);
    this.world.scheduler.after(afterMs, 'resume', () => this.resume(routingId));
  }

  retryHeld(routingId: string): void {
    this.#act('retry_held', () => this.world.ledger.retryHeld(routingId));
  }

  /** Of everything, or of one hour or type; answers whether one was started. */
  replay(routingId: string, mode: ReplayMode, isWhole: boolean): boolean {
    const { prng, ledger, scheduler } = this.world;
    const hourMs = Math.floor(scheduler.nowMs / HOUR_MS) * HOUR_MS;
    const types = dataTypeSchema.options.filter(() => isWhole || prng.chance(0.7));
    const fromMs = isWhole ? hourMs - 4 * HOUR_MS : hourMs - prng.below(2) * HOUR_MS;
    const toMs = isWhole ? hourMs + HOUR_MS : fromMs + prng.between(1, 2) * HOUR_MS;
    let isStarted = false;
    this.#act(`replay_${mode}`, () => {
      isStarted = ledger.startReplay({ routingId, mode, types, fromMs, toMs }) !== null;
    });
    return isStarted;
  }

  /** Of a routing that has delivered something. */
  replaySome(): void {
    const { prng, ledger } = this.world;
    const delivered = new Set(
      ledger
        .files()
        .filter(({ state }) => state === 'delivered')
        .map(({ routingId }) => routingId),
    );
    if (delivered.size === 0) return;
    const mode = prng.weighted({ fill: 5, copy: 4, look: 1 });
    this.replay(prng.pick([...delivered]), mode, prng.chance(0.7));
  }

  /** It delivers what is left until a deadline, or what is left is recorded as a gap. */
  #disable(routingId: string, mode: EndingMode): void {
    const { prng, ledger, watch } = this.world;
    const drainMinutes = prng.between(1, 3);
    const deadline = mode === 'drain' ? { drainMinutes } : {};
    this.#act(`disable_${mode}`, () => {
      ledger.disableRouting({ routingId, mode, ...deadline, reason: 'simulated' });
      if (mode === 'drain') watch.onResumed(routingId);
      else watch.onPaused(routingId);
    });
  }

  /** Of a routing that has ended, where there is one. */
  #archive(): void {
    const { prng, ledger, watch } = this.world;
    const ended = ledger.routings().filter(({ lifecycle }) => lifecycle === 'disabled');
    const { id: routingId } = prng.pick(ended.length > 0 ? ended : ledger.routings());
    this.#act('archive', () => {
      ledger.archiveRouting({ routingId, reason: 'simulated' });
      watch.onArchived(routingId);
    });
  }

  #cancelReplay(): void {
    const { prng, ledger } = this.world;
    const running = ledger.replayRows().filter(({ state }) => state === 'running');
    if (running.length > 0) this.#act('replay_cancel', () => ledger.cancelReplay(prng.pick(running).id));
  }

  /** A person has what stands still delivered elsewhere although it may exist, or has it given up. */
  #release(routingId: string, to: 'present_destination' | 'gap'): void {
    const { ledger, prng } = this.world;
    const held = ledger.heldCuts(routingId);
    if (held.length === 0) return;
    const { laneId } = prng.pick(held);
    this.#act(`release_to_${to}`, () =>
      ledger.releaseHeldCut({ routingId, laneId, to, reason: 'simulated' }),
    );
  }

  #do(verb: Verb, { id: routingId }: Readonly<RoutingRow>): void {
    const { ledger, prng } = this.world;
    const { customers } = this;
    const edits: Record<Verb, () => void> = {
      pause: () => this.pause(routingId),
      resume: () => this.resume(routingId),
      pause_and_resume: () => this.pauseAndResume(routingId, prng.below(20_000)),
      edit_place: () => {
        const { prefix } = customers.newPlace();
        this.#change(verb, routingId, () => ledger.updateRouting({ routingId, place: { prefix } }));
      },
      edit_bucket: () => {
        const place = customers.newPlace();
        const keys = prng.chance(0.5) ? { keys: customers.newKeys() } : {};
        this.#change(verb, routingId, () => ledger.updateRouting({ routingId, place, ...keys }));
      },
      rotate_keys: () =>
        this.#change(verb, routingId, () => ledger.enterAccess({ routingId, keys: customers.newKeys() })),
      edit_filter: () => {
        const eventNames = customers.drawFilter();
        this.#act(verb, () => ledger.updateRouting({ routingId, eventNames }));
      },
      edit_types: () => {
        const dataTypes = customers.drawTypes();
        this.#act(verb, () => ledger.updateRouting({ routingId, dataTypes }));
      },
      new_routing: () => this.startNew(),
      retry_held: () => this.retryHeld(routingId),
      release_to_present_destination: () => this.#release(routingId, 'present_destination'),
      release_to_gap: () => this.#release(routingId, 'gap'),
      replay_fill: () => void this.replay(routingId, 'fill', prng.chance(0.5)),
      replay_copy: () => void this.replay(routingId, 'copy', prng.chance(0.5)),
      replay_look: () => void this.replay(routingId, 'look', prng.chance(0.5)),
      replay_cancel: () => this.#cancelReplay(),
      disable_drain: () => this.#disable(routingId, 'drain'),
      disable_discard: () => this.#disable(routingId, 'discard'),
      archive: () => this.#archive(),
      want_markers: () =>
        this.#act(verb, () => ledger.wantMarkers(routingId, ledger.markersSinceMs(routingId) === null)),
    };
    edits[verb]();
  }

  /** A changed destination is adopted once its check has passed, unless a newer change has taken its place by then. */
  #change(verb: Verb, routingId: string, act: () => void): void {
    const { ledger, prng, scheduler } = this.world;
    this.#act(verb, act);
    const version = ledger.candidateVersion(routingId);
    if (version === null) return;
    scheduler.after(prng.below(CHECK_MAX_MS), 'a check passes', () => this.#adopt({ routingId, version }));
  }

  #adopt(candidate: { readonly routingId: string; readonly version: number }): void {
    const { ledger, coverage, scheduler, watch } = this.world;
    const kind = ledger.adoptDestination(candidate) ? 'destination.adopted' : 'destination.not_adopted';
    coverage.count(kind);
    scheduler.note(kind);
    watch.lookAtLanes();
  }

  /** A verb may be refused: then nothing has happened. */
  #act(verb: string, act: () => void): void {
    const { coverage, scheduler, watch } = this.world;
    try {
      act();
      coverage.count(`verb.${verb}`);
      scheduler.note(`verb ${verb}`);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      coverage.count(`verb.${verb}.refused`);
    }
    watch.lookAtLanes();
  }
}
