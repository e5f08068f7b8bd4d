import { invariant } from '@/lib/domain/errors';

/** `half`: those who share at most half of the budget among themselves. */
export type BudgetShare = 'whole' | 'half';

/** A part of the budget that only small bodies may use; none when absent. */
export interface BudgetReserve {
  readonly bytes: number;
  /** Of the whole share, and at most so large. */
  readonly smallMax: number;
}

interface Waiter {
  readonly bytes: number;
  readonly share: BudgetShare;
  readonly isSmall: boolean;
  readonly grant: () => void;
}

const NO_RESERVE: BudgetReserve = { bytes: 0, smallMax: 0 };

/**
 * Memory of one process for bodies in flight. Served in order of arrival; one who waits for the smaller half or for
 * what is not reserved does not stand in the way of those who may have more.
 */
export class ByteBudget {
  #inUse = 0;
  #inUseByHalf = 0;
  #inUseUnreserved = 0;
  #waiters: Waiter[] = [];

  constructor(
    private readonly capacityBytes: number,
    private readonly reserve: BudgetReserve = NO_RESERVE,
  ) {}

  get bytesInUse(): number {
    return this.#inUse;
  }

  /** Whether somebody who has the whole share waits for bytes: then whoever holds some in vain should let go. */
  get isWanted(): boolean {
    return this.#waiters.some(({ share }) => share === 'whole');
  }

  /** Resolves with the release once the bytes are free; more than there is at all gets all of it. */
  async acquire(bytes: number, share: BudgetShare): Promise<() => void> {
    invariant(bytes >= 0, 'a budget is asked for bytes');
    const isSmall = share === 'whole' && bytes <= this.reserve.smallMax;
    const wanted = Math.min(bytes, this.#limit(share));
    await new Promise<void>((resolve) => {
      this.#waiters.push({ bytes: wanted, share, isSmall, grant: resolve });
      this.#serve();
    });
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      this.#count({ share, isSmall }, -wanted);
      this.#serve();
    };
  }

  get #unreservedBytes(): number {
    return this.capacityBytes - this.reserve.bytes;
  }

  /** Of what is small as well: all of it fits into either. */
  #limit(share: BudgetShare): number {
    return share === 'half'
      ? Math.min(Math.floor(this.capacityBytes / 2), this.#unreservedBytes)
      : this.#unreservedBytes;
  }

  #count({ share, isSmall }: Pick<Waiter, 'share' | 'isSmall'>, bytes: number): void {
    this.#inUse += bytes;
    if (share === 'half') this.#inUseByHalf += bytes;
    if (!isSmall) this.#inUseUnreserved += bytes;
  }

  #serve(): void {
    const waiting: Waiter[] = [];
    let isFull = false;
    let isUnreservedFull = false;
    for (const waiter of this.#waiters) {
      const { bytes, share, isSmall } = waiter;
      const isHalfFull = share === 'half' && this.#inUseByHalf + bytes > this.#limit('half');
      if (!isHalfFull) {
        // The first who must wait keeps the place among those who may have no more than it may: nobody waits for ever.
        isUnreservedFull ||= !isSmall && this.#inUseUnreserved + bytes > this.#unreservedBytes;
        isFull ||= (isSmall || !isUnreservedFull) && this.#inUse + bytes > this.capacityBytes;
      }
      if (isFull || isHalfFull || (isUnreservedFull && !isSmall)) {
        waiting.push(waiter);
        continue;
      }
      this.#count(waiter, bytes);
      waiter.grant();
    }
    this.#waiters = waiting;
  }
}
