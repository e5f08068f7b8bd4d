import type { RoutingRow } from '@/lib/testing/memory-ledger/memory-state';
import { Violation } from './violation';
import type { World } from './world-parts';

const MINUTE_MS = 60_000;
/** A routing is idle after a quarter of an hour, and probed an hour and up to ten minutes later. */
const FOUND_WITHIN_MS = 95 * MINUTE_MS;
const CLEARED_WITHIN_MS = 10 * MINUTE_MS;

/** Nobody sends anything, and a key is revoked: the hourly probe finds out, and that it works again. */
export class QuietHour {
  #victim: { readonly routing: Readonly<RoutingRow>; readonly accessKeyId: string } | null = null;
  #sinceMs = 0;
  #phase: 'before' | 'revoked' | 'restored' | 'over' = 'before';

  constructor(private readonly world: World) {}

  /** To be asked until it is so. */
  isDone(): boolean {
    switch (this.#phase) {
      case 'before':
        this.#phase = this.#begin() ? 'revoked' : 'over';
        return false;
      case 'revoked':
        this.#awaitNews(
          ({ health }) => health === 'blocked',
          FOUND_WITHIN_MS,
          () => this.#restore(),
        );
        return false;
      case 'restored':
        this.#awaitNews(
          () => this.#isAllWell(),
          CLEARED_WITHIN_MS,
          () => {
            this.#phase = 'over';
            this.world.coverage.count('quiet.cleared');
          },
        );
        return false;
      case 'over':
        return true;
    }
  }

  /** False where nothing runs whose key could be revoked. */
  #begin(): boolean {
    const { ledger, prng, scheduler, buckets } = this.world;
    const running = ledger.routings().filter((routing) => isRunning(routing) && routing.health !== 'blocked');
    if (running.length === 0) return false;
    const routing = prng.pick(running);
    const place = ledger
      .destinations()
      .findLast(
        ({ routingId, version }) => routingId === routing.id && version === routing.destinationVersion,
      );
    if (place === undefined) return false;
    this.#sinceMs = scheduler.nowMs;
    this.world.isQuiet = true;
    void ledger.readPlaceAccess({ ...place, routingId: routing.id }).then((access) => {
      const credential = access?.credential;
      const accessKeyId = credential?.kind === 'keys' ? credential.accessKeyIdSealed.toString() : '';
      buckets.revokedKeys.add(accessKeyId);
      this.#victim = { routing, accessKeyId };
      scheduler.note(`the key of quiet ${routing.id} is revoked`);
    });
    return true;
  }

  #awaitNews(isThere: (routing: Readonly<RoutingRow>) => boolean, withinMs: number, then: () => void): void {
    const { scheduler } = this.world;
    if (this.#victim === null) return;
    const { id, health, healthCause } = this.#victim.routing;
    if (isThere(this.#victim.routing)) then();
    else if (scheduler.nowMs > this.#sinceMs + withinMs)
      scheduler.fail(
        new Violation('probe', `${id} is ${health} (${healthCause}) ${withinMs} ms after ${this.#phase}`, [
          id,
        ]),
      );
  }

  #restore(): void {
    const { scheduler, coverage, buckets } = this.world;
    coverage.count('quiet.blocked');
    buckets.revokedKeys.clear();
    this.#phase = 'restored';
    this.#sinceMs = scheduler.nowMs;
    this.world.isQuiet = false;
  }

  /** Nothing that runs is in trouble any more. */
  #isAllWell(): boolean {
    return this.world.ledger
      .routings()
      .filter(isRunning)
      .every(({ health }) => health !== 'blocked' && health !== 'failing' && health !== 'late');
  }
}

function isRunning({ intent, lifecycle }: Readonly<RoutingRow>): boolean {
  return intent === 'run' && (lifecycle === 'active' || lifecycle === 'starting');
}
