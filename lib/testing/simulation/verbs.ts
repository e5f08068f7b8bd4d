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
} as const;
type Verb = keyof typeof WEIGHTS;

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

  #do(verb: Verb, { id: routingId }: Readonly<RoutingRow>): void {
    const { ledger, prng, scheduler } = this.world;
    const { customers } = this;
    const edits: Record<Verb, () => void> = {
      pause: () => this.pause(routingId),
      resume: () => this.resume(routingId),
      pause_and_resume: () => {
        this.pause(routingId);
        scheduler.after(prng.below(20_000), 'resume', () => this.resume(routingId));
      },
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
