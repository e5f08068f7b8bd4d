import type { AppendRequest } from '@/lib/platform/event-log/event-log';
import type { PutRequest } from '@/lib/platform/object-store/object-store';
import type { SealRequest } from '@/lib/services/delivery/delivery-ledger';
import type { SimulatedProcess } from './simulated-process';
import { Violation } from './violation';
import type { LedgerCall, Onlooker, StoredChunk, World } from './world-parts';

/** No PUT begins later than this after a pause. */
const PAUSE_MS = 2_000;

/** What must hold at every moment, and what has to be remembered for the end. */
export class Watch implements Onlooker {
  readonly chunks = new Map<number, StoredChunk[]>();
  /** Chunks whose stored bytes were damaged, as `stream/offset`. */
  readonly damaged = new Set<string>();
  /** Chunks that retention took, as `stream/offset`. */
  readonly removed = new Set<string>();
  readonly #pausedAtMs = new Map<string, number>();
  readonly #lanes = new Map<number, { next: number; done: number }>();

  constructor(private readonly world: World) {}

  onStored({ chunks }: AppendRequest, offsets: readonly number[]): void {
    for (const [index, { streamId, hourMs, rows, snapshotEnd, body }] of chunks.entries()) {
      const offset = offsets[index] ?? -1;
      const stored = this.chunks.get(streamId) ?? [];
      // The same append, tried again after a lost reply, answers with the offsets it has.
      if (offset < stored.length) continue;
      const { closedThroughMs } = this.world.log.headOf(streamId);
      if (hourMs < closedThroughMs) this.#fail('hour_fence', `stream ${streamId} took ${hourMs}`);
      this.chunks.set(streamId, [...stored, { streamId, offset, hourMs, rows, snapshotEnd, body }]);
    }
  }

  onLedgerCall({ verb, request, result }: LedgerCall): void {
    this.lookAtLanes();
    this.#count(verb, result);
    if (verb === 'sealCut' && result !== null) this.#checkSeal(request as SealRequest);
  }

  onPaused(routingId: string): void {
    this.#pausedAtMs.set(routingId, this.world.scheduler.nowMs);
  }

  onResumed(routingId: string): void {
    this.#pausedAtMs.delete(routingId);
  }

  onPutBegins({ metadata, place }: PutRequest, process: SimulatedProcess): void {
    const { scheduler, coverage } = this.world;
    const file = this.world.ledger.files().find(({ id }) => id === metadata['sluice-file']);
    const about = [String(metadata['sluice-file']), process.name];
    if (file === undefined) {
      this.#fail('unsealed_put', `${place.key} was never sealed`, about);
      return;
    }
    if (file.key !== place.key || file.bucket !== place.bucket)
      this.#fail('place', `${place.key} is not where ${file.id} was sealed for`, about);
    const pausedAtMs = this.#pausedAtMs.get(file.routingId);
    if (pausedAtMs === undefined || scheduler.nowMs <= pausedAtMs + PAUSE_MS) return;
    const lateMs = scheduler.nowMs - pausedAtMs;
    // Between its last look at the clock and its PUT a process may be frozen: nothing can prevent that.
    if (process.frozenUntilMs > pausedAtMs) coverage.count('put.after_pause_by_frozen');
    else this.#fail('pause', `a PUT of ${place.key} began ${lateMs} ms after its routing was paused`, about);
  }

  /** Cursors never go back. */
  lookAtLanes(): void {
    for (const { id, next, done } of this.world.ledger.lanes()) {
      const before = this.#lanes.get(id);
      if (next < done) this.#fail('cursor', `lane ${id} has done ${done} of ${next}`, [`lane=${id}`]);
      if (before !== undefined && (next < before.next || done < before.done))
        this.#fail('cursor', `lane ${id} went back from ${JSON.stringify(before)} to ${next}/${done}`);
      this.#lanes.set(id, { next, done });
    }
  }

  #checkSeal({ lane }: SealRequest): void {
    const { ledger } = this.world;
    const routing = ledger.routings().find(({ id }) => id === lane.routingId);
    if (routing === undefined) {
      this.#fail('seal', `lane ${lane.laneId} is of no routing`);
      return;
    }
    const wanted = lane.type === 'events' ? routing.eventNames : [];
    if (wanted.join() !== lane.eventNames.join())
      this.#fail('filter', `lane ${lane.laneId} was sealed with a filter that is not its routing's any more`);
    if (routing.destinationVersion !== lane.destinationVersion)
      this.#fail('place', `lane ${lane.laneId} was sealed for a place that is not its routing's any more`);
    if (this.#pausedAtMs.has(routing.id)) this.#fail('pause', `lane ${lane.laneId} was sealed while paused`);
  }

  #count(verb: LedgerCall['verb'], result: unknown): void {
    const { coverage } = this.world;
    if (result === null || result === false) coverage.count(`ledger.${verb}.refused`);
    else coverage.count(`ledger.${verb}.done`);
  }

  #fail(rule: string, detail: string, about: readonly string[] = []): void {
    this.world.scheduler.fail(new Violation(rule, detail, about));
  }
}
