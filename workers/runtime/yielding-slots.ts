import type { Timers } from '@/lib/platform/timers';

export interface YieldingSlotsOptions {
  /** Work that takes longer no longer keeps others from starting. */
  readonly yieldAfterMs: number;
  /** So much long work at once; what comes beyond keeps its slot to its end or until there is room. */
  readonly yieldedMax: number;
  readonly timers: Timers;
  /** Told of work that failed after its slot was given back. */
  readonly onLateError: (error: unknown) => void;
}

/**
 * Lets work that waits for an answer give its slot back and go on waiting, so that those whom nobody answers do not
 * fill the slots of all others.
 */
export class YieldingSlots {
  readonly #yielded = new Set<Promise<void>>();
  #waiters: (() => void)[] = [];

  constructor(private readonly options: YieldingSlotsOptions) {}

  get yielded(): number {
    return this.#yielded.size;
  }

  /** Resolves when the work is done, or when its slot is free again although it is not; rejects as the work does. */
  async run(work: () => Promise<void>): Promise<void> {
    const done = work();
    if (await this.#endsInTime(done)) return;
    while (this.#yielded.size >= this.options.yieldedMax) {
      if ((await Promise.race([done.then(() => 'done'), this.#aChange()])) === 'done') return;
    }
    this.#yield(done);
  }

  /** Resolves when nothing that has yielded is left. */
  async settle(): Promise<void> {
    while (this.#yielded.size > 0) await Promise.all(this.#yielded);
  }

  async #endsInTime(done: Promise<void>): Promise<boolean> {
    let cancel: () => void = () => undefined;
    const long = new Promise<boolean>((resolve) => {
      cancel = this.options.timers.after(this.options.yieldAfterMs, () => resolve(false));
    });
    try {
      return await Promise.race([done.then(() => true), long]);
    } finally {
      cancel();
    }
  }

  #yield(done: Promise<void>): void {
    const ended = done.catch(this.options.onLateError).then(() => {
      this.#yielded.delete(ended);
      for (const tell of this.#waiters.splice(0)) tell();
    });
    this.#yielded.add(ended);
  }

  #aChange(): Promise<void> {
    return new Promise((resolve) => this.#waiters.push(resolve));
  }
}
