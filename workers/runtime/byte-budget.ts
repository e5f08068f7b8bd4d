import { invariant } from '@/lib/domain/errors';

/** `half`: those who share at most half of the budget among themselves. */
export type BudgetShare = 'whole' | 'half';

interface Waiter {
  readonly bytes: number;
  readonly share: BudgetShare;
  readonly grant: () => void;
}

/**
 * Memory of one process for bodies in flight. Served in order of arrival; one who waits for the smaller half does
 * not stand in the way of those who come after.
 */
export class ByteBudget {
  #inUse = 0;
  #inUseByHalf = 0;
  #waiters: Waiter[] = [];

  constructor(private readonly capacityBytes: number) {}

  get bytesInUse(): number {
    return this.#inUse;
  }

  /** Resolves with the release once the bytes are free; more than there is at all gets all of it. */
  async acquire(bytes: number, share: BudgetShare): Promise<() => void> {
    invariant(bytes >= 0, 'a budget is asked for bytes');
    const wanted = Math.min(bytes, this.#limit(share));
    await new Promise<void>((resolve) => {
      this.#waiters.push({ bytes: wanted, share, grant: resolve });
      this.#serve();
    });
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      this.#inUse -= wanted;
      if (share === 'half') this.#inUseByHalf -= wanted;
      this.#serve();
    };
  }

  #limit(share: BudgetShare): number {
    return share === 'half' ? Math.floor(this.capacityBytes / 2) : this.capacityBytes;
  }

  #serve(): void {
    const waiting: Waiter[] = [];
    let isFull = false;
    for (const waiter of this.#waiters) {
      const isHalfFull = waiter.share === 'half' && this.#inUseByHalf + waiter.bytes > this.#limit('half');
      // The first who must wait for the whole keeps the place: small ones never overtake a large one for ever.
      isFull ||= !isHalfFull && this.#inUse + waiter.bytes > this.capacityBytes;
      if (isFull || isHalfFull) {
        waiting.push(waiter);
        continue;
      }
      this.#inUse += waiter.bytes;
      if (waiter.share === 'half') this.#inUseByHalf += waiter.bytes;
      waiter.grant();
    }
    this.#waiters = waiting;
  }
}
