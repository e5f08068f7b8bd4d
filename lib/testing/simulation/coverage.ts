/** How often each kind of thing really happened: a simulation that stopped doing something must not look green. */
export class Coverage {
  readonly #counts = new Map<string, number>();

  count(kind: string, times = 1): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + times);
  }

  addAll(counts: Readonly<Record<string, number>>): void {
    for (const [kind, times] of Object.entries(counts)) this.count(kind, times);
  }

  /** By name, in alphabetical order. */
  toRecord(): Record<string, number> {
    return Object.fromEntries([...this.#counts].sort(([one], [other]) => (one < other ? -1 : 1)));
  }
}
