import type { AppendRequest } from '@/lib/platform/event-log/event-log';
import type { PutRequest } from '@/lib/platform/object-store/object-store';
import type { SealRequest } from '@/lib/services/delivery/delivery-ledger';
import { subjectOfPut } from './put-rules';
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
  readonly #destroyedKeys = new Set<string>();
  readonly #lanes = new Map<number, { next: number; done: number }>();

  constructor(private readonly world: World) {}

  onStored({ chunks }: AppendRequest, offsets: readonly number[]): void {
    for (const [index, chunk] of chunks.entries()) {
      const { streamId, hourMs, rows, snapshotEnd, receivedMinMs, body } = chunk;
      const offset = offsets[index] ?? -1;
      const stored = this.chunks.get(streamId) ?? [];
      // The same append, tried again after a lost reply, answers with the offsets it has.
      if (offset < stored.length) continue;
      const { closedThroughMs } = this.world.log.headOf(streamId);
      if (hourMs < closedThroughMs) this.#fail('hour_fence', `stream ${streamId} took ${hourMs}`);
      this.#checkMarkers(streamId, hourMs);
      this.chunks.set(streamId, [
        ...stored,
        { streamId, offset, hourMs, rows, snapshotEnd, receivedMinMs, body },
      ]);
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

  onArchived(routingId: string): void {
    const { ledger } = this.world;
    for (const { routingId: owner, accessKeyId } of ledger.credentials())
      if (owner === routingId) this.#destroyedKeys.add(accessKeyId);
  }

  onResumed(routingId: string): void {
    this.#pausedAtMs.delete(routingId);
  }

  onPutBegins(request: PutRequest, process: SimulatedProcess): void {
    const { scheduler, coverage } = this.world;
    const { metadata, place } = request;
    const about = [String(metadata['sluice-file']), process.name];
    const subject = subjectOfPut(this.world, request);
    if (subject === null) {
      this.#fail('unsealed_put', `${place.key} was never sealed`, about);
      return;
    }
    coverage.count(`put.${subject.what}`);
    if (subject.fault !== null) this.#fail(...subject.fault, about);
    const pausedAtMs = this.#stoppedAtMs(subject.routingId);
    if (pausedAtMs === undefined || scheduler.nowMs <= pausedAtMs + PAUSE_MS) return;
    const lateMs = scheduler.nowMs - pausedAtMs;
    // Between its last look at the clock and its PUT a process may be frozen: nothing can prevent that.
    if (process.frozenUntilMs > pausedAtMs) coverage.count('put.after_pause_by_frozen');
    else if (this.#destroyedKeys.has(request.access.credential.accessKeyId))
      this.#fail('archived', `a PUT of ${place.key} began with a key that is destroyed`, about);
    else this.#fail('pause', `a PUT of ${place.key} began ${lateMs} ms after its routing was paused`, about);
  }

  /** Since when nothing of the routing is written: it is paused, or it has ended. */
  #stoppedAtMs(routingId: string): number | undefined {
    const routing = this.world.ledger.routings().find(({ id }) => id === routingId);
    const hasEnded = routing?.lifecycle === 'disabled' || routing?.lifecycle === 'archived';
    return hasEnded ? routing.stateSinceMs : this.#pausedAtMs.get(routingId);
  }

  /** Cursors never go back. */
  lookAtLanes(): void {
    for (const { id, next, done, endOffset } of this.world.ledger.lanes()) {
      if (endOffset !== null && next > endOffset)
        this.#fail('end', `lane ${id} ends at ${endOffset} and was cut up to ${next}`, [`lane=${id}`]);
      const before = this.#lanes.get(id);
      if (next < done) this.#fail('cursor', `lane ${id} has done ${done} of ${next}`, [`lane=${id}`]);
      if (before !== undefined && (next < before.next || done < before.done))
        this.#fail('cursor', `lane ${id} went back from ${JSON.stringify(before)} to ${next}/${done}`);
      this.#lanes.set(id, { next, done });
    }
  }

  /** An hour that a marker calls complete takes nothing any more. */
  #checkMarkers(streamId: number, hourMs: number): void {
    const { ledger } = this.world;
    const stream = ledger.streams().find(({ id }) => id === streamId);
    const routings = new Map(ledger.routings().map((routing) => [routing.id, routing]));
    const marked = ledger.markerRows().find((marker) => {
      const isOfStream = routings.get(marker.routingId)?.workspaceId === stream?.workspaceId;
      return marker.hourMs === hourMs && marker.type === stream?.type && isOfStream;
    });
    if (marked !== undefined)
      this.#fail('late_line', `${hourMs} of stream ${streamId} is marked`, [marked.key]);
  }

  lookAtFreshness(): void {
    const { ledger, coverage, log } = this.world;
    const types = new Map(ledger.streams().map(({ id, type }) => [id, type]));
    const waiting = ledger
      .lanes()
      .filter(
        ({ streamId, done, endOffset }) =>
          Math.min(endOffset ?? Infinity, log.headOf(streamId).nextOffset) > done,
      );
    for (const { id, dataTypes } of ledger.routings()) {
      const oldest = waiting
        .filter(
          ({ routingId, streamId }) =>
            routingId === id && dataTypes.includes(types.get(streamId) ?? 'segment'),
        )
        .flatMap(({ streamId, done }) => {
          // Of a chunk that is gone nobody knows any more when it came.
          const isGone = this.removed.has(`${streamId}/${done}`);
          return isGone ? [] : (this.chunks.get(streamId)?.[done]?.receivedMinMs ?? []);
        });
      const shownMs = ledger.pendingSinceMs(id);
      const truthMs = oldest.length === 0 ? null : Math.min(...oldest);
      coverage.count(shownMs === null ? 'freshness.none' : 'freshness.pending');
      if (truthMs !== null && (shownMs === null || shownMs > truthMs))
        this.#fail('freshness', `${id} waits since ${truthMs} and shows ${shownMs}`, [id]);
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
