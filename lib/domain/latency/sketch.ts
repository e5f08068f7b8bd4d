import { DDSketch } from '@datadog/sketches-js';

/** No quantile is further than this from the true value, relative to it. */
export const SKETCH_ACCURACY = 0.01;

/**
 * Nothing is visible faster. Below 1 ms keys would reach 0, which the library's store takes for "not given" when it
 * widens its range.
 */
const LATENCY_MIN_MS = 2;

/**
 * Latencies in ms, weighted by rows, in a DDSketch: sketches of parts merge into exactly the sketch of the whole.
 * Encoded in DDSketch's protobuf format, without the empty bins around its range.
 */
export class LatencySketch {
  readonly #sketch = new DDSketch({ relativeAccuracy: SKETCH_ACCURACY });

  get rows(): number {
    return this.#sketch.count;
  }

  add(latencyMs: number, rows: number): void {
    if (rows > 0) this.#sketch.accept(Math.max(LATENCY_MIN_MS, latencyMs), rows);
  }

  merge(other: LatencySketch): void {
    this.#take(other.#sketch);
  }

  /** Merges a sketch that `encode` made. Throws when the bytes are something else. */
  mergeEncoded(encoded: Uint8Array): void {
    this.#take(DDSketch.fromProto(encoded));
  }

  /** Merges sketches that lie one behind the other, each after its length as four bytes, big end first. */
  mergeFramed(frames: Uint8Array): void {
    const view = new DataView(frames.buffer, frames.byteOffset, frames.byteLength);
    for (let at = 0; at < frames.byteLength; ) {
      const end = at + 4 + view.getUint32(at);
      this.mergeEncoded(frames.subarray(at + 4, end));
      at = end;
    }
  }

  /** The latency that a share `q` of all rows does not exceed, ms; null without rows. */
  quantileMs(q: number): number | null {
    return this.#sketch.count === 0 ? null : this.#sketch.getValueAtQuantile(q);
  }

  encode(): Uint8Array {
    const { store } = this.#sketch;
    if (store.count > 0) {
      const bins = store.bins.slice(store.minKey - store.offset, store.maxKey - store.offset + 1);
      store.bins = bins;
      store.offset = store.minKey;
    }
    return this.#sketch.toProto();
  }

  // Bin by bin: a decoded store knows its bins only, and not their bounds, its least and its largest value.
  #take({ store }: DDSketch): void {
    const { bins, offset } = store;
    for (let i = 0; i < bins.length; i += 1) {
      const rows = bins[i] ?? 0;
      if (rows > 0) this.#sketch.store.add(offset + i, rows);
    }
    this.#sketch.count += store.count;
  }
}

/** A quantile as people see it, whole ms; the largest is known exactly, and no quantile may seem to be beyond it. */
export function quantileMs(sketch: LatencySketch, q: number, maxMs: number): number | null {
  const ms = sketch.quantileMs(q);
  return ms === null ? null : Math.min(Math.round(ms), maxMs);
}
