import { AppError } from '@/lib/domain/errors';
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
} as const;
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
        this.#act(verb, () => ledger.updateRouting({ routingId, place: { prefix } }));
      },
      edit_bucket: () => {
        const place = customers.newPlace();
        const keys = prng.chance(0.5) ? { keys: customers.newKeys() } : {};
        this.#act(verb, () => ledger.updateRouting({ routingId, place, ...keys }));
      },
      rotate_keys: () => this.#act(verb, () => ledger.enterAccess({ routingId, keys: customers.newKeys() })),
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
    };
    edits[verb]();
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
