import type { Verbs } from './verbs';
import type { World } from './world-parts';

/** What customers deleted is written again: of every routing that runs, a person replays everything there is. */
export class Restoration {
  /** The replay of each routing that had one; null where nothing of it can be written again. */
  readonly fills = new Map<string, string | null>();

  constructor(
    private readonly world: World,
    private readonly verbs: Verbs,
  ) {}

  /** To be asked until it is so. */
  isDone(): boolean {
    const { ledger } = this.world;
    const running = ledger
      .routings()
      .filter(
        ({ intent, lifecycle }) => intent === 'run' && (lifecycle === 'active' || lifecycle === 'starting'),
      );
    let isDone = true;
    for (const { id } of running) {
      if (this.#isReplaying(id)) isDone = false;
      else if (!this.fills.has(id) && this.#misses(id)) {
        this.#fill(id);
        isDone = false;
      }
    }
    return isDone;
  }

  #isReplaying(id: string): boolean {
    return this.world.ledger
      .replayRows()
      .some(({ routingId, state }) => routingId === id && state === 'running');
  }

  #misses(id: string): boolean {
    const { ledger, buckets } = this.world;
    return ledger
      .files()
      .some((file) => file.routingId === id && file.state === 'delivered' && !buckets.has(file));
  }

  #fill(id: string): void {
    const { ledger, coverage } = this.world;
    const isStarted = this.verbs.replay(id, 'fill', true);
    coverage.count(isStarted ? 'aftermath.fill' : 'aftermath.fill_refused');
    const last = ledger.replayRows().findLast(({ routingId }) => routingId === id);
    this.fills.set(id, isStarted ? (last?.id ?? null) : null);
  }
}
