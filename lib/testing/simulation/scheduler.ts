import { TraceHash } from './trace-hash';

interface Entry {
  readonly atMs: number;
  readonly order: number;
  readonly label: string;
  readonly task: () => void;
}

/**
 * Virtual time. One step at a time runs, in the order of their instants; whatever it sets off in this process has come
 * to rest before the next one. Nothing waits for real time.
 */
export class Scheduler {
  nowMs: number;
  steps = 0;
  readonly hash = new TraceHash();
  readonly #heap: Entry[] = [];
  #order = 0;
  #failure: unknown = null;

  constructor(
    startMs: number,
    private readonly tell: ((atMs: number, text: string) => void) | null,
  ) {
    this.nowMs = startMs;
  }

  at(atMs: number, label: string, task: () => void): void {
    this.#order += 1;
    push(this.#heap, { atMs: Math.max(atMs, this.nowMs), order: this.#order, label, task });
  }

  after(ms: number, label: string, task: () => void): void {
    this.at(this.nowMs + ms, label, task);
  }

  /** Puts a sentence into the trace; the hash holds every one of them. */
  note(text: string): void {
    this.hash.add(this.nowMs, text);
    this.tell?.(this.nowMs, text);
  }

  /** Ends the run at once: called where something is found that must never be. */
  fail(error: unknown): void {
    this.#failure ??= error;
  }

  /** Runs step by step until `isOver` says so or nothing is left to do; throws what `fail` was given. */
  async run(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const entry = pop(this.#heap);
      if (entry === undefined) return;
      this.nowMs = entry.atMs;
      this.steps += 1;
      this.note(entry.label);
      entry.task();
      await settled();
      if (this.#failure !== null) throw this.#failure;
    }
  }
}

/** Resolves once every continuation that can run has run. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function isBefore(one: Entry, other: Entry): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);
}

function push(heap: Entry[], entry: Entry): void {
  let at = heap.length;
  heap.push(entry);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || isBefore(above, entry)) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = entry;
}

function pop(heap: Entry[]): Entry | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    const right = heap[child + 1];
    const left = heap[child];
    if (left !== undefined && right !== undefined && isBefore(right, left)) child += 1;
    const below = heap[child];
    if (below === undefined || isBefore(last, below)) break;
    heap[at] = below;
    at = child;
  }
  heap[at] = last;
  return first;
}
