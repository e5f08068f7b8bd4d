import { describe, expect, test } from 'vitest';
import { LatencySketch, SKETCH_ACCURACY } from './sketch';

const SAMPLES = 1_000_000;
const PARTS = 1_440;

/** The same numbers at every run, evenly in (0, 1). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4_294_967_296;
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
}

const DISTRIBUTIONS: Record<string, (random: () => number) => number> = {
  'a log-normal one around 35 s': (random) => 35_000 * Math.exp(0.5 * normal(random)),
  'one with two humps, 5 s and 4 min': (random) =>
    random() < 0.8 ? 5_000 + 800 * normal(random) : 240_000 + 9_000 * normal(random),
  'one with a heavy tail up to days': (random) => Math.min(2_000 / random() ** 0.8, 600_000_000),
};

function exact(sorted: Float64Array, q: number): number {
  return sorted[Math.floor(q * (sorted.length - 1))]!;
}

describe.each(Object.entries(DISTRIBUTIONS))('a million latencies of %s', (_, draw) => {
  const random = randomNumbers(20_260_115);
  const samples = Float64Array.from({ length: SAMPLES }, () => Math.max(2, Math.round(draw(random))));
  const sorted = samples.slice().sort();
  const whole = new LatencySketch();
  const parts = Array.from({ length: PARTS }, () => new LatencySketch());
  for (const [i, ms] of samples.entries()) {
    whole.add(ms, 1);
    parts[i % PARTS]!.add(ms, 1);
  }

  test.each([0.5, 0.95, 0.99])('the quantile %d is within one per cent', (q) => {
    const error = Math.abs(whole.quantileMs(q)! / exact(sorted, q) - 1);
    expect(error).toBeLessThanOrEqual(SKETCH_ACCURACY);
  });

  test('split into the minutes of a day, encoded, decoded and merged it says the same', () => {
    const merged = new LatencySketch();
    for (const part of parts) merged.mergeEncoded(part.encode());
    expect(merged.rows).toBe(SAMPLES);
    for (const q of [0, 0.01, 0.5, 0.95, 0.99, 1]) expect(merged.quantileMs(q)).toBe(whole.quantileMs(q));
    expect(merged.encode()).toEqual(whole.encode());
  });
});

test('a day between 1 s and 6 h takes at most 4.1 KB', () => {
  const sketch = new LatencySketch();
  for (let ms = 1_000; ms < 6 * 3_600_000; ms *= 1.001) sketch.add(ms, 1);
  expect(sketch.encode().byteLength).toBeLessThanOrEqual(4_100);
});

test('a minute of a few chunks takes little', () => {
  const sketch = new LatencySketch();
  for (const ms of [10_000, 12_000, 20_000]) sketch.add(ms, 500);
  expect(sketch.encode().byteLength).toBeLessThan(400);
});

test('weights count as so many rows', () => {
  const sketch = new LatencySketch();
  sketch.add(1_000, 98);
  sketch.add(60_000, 2);
  expect(sketch.rows).toBe(100);
  expect(sketch.quantileMs(0.95)! / 1_000).toBeCloseTo(1, 1);
  expect(sketch.quantileMs(0.99)! / 60_000).toBeCloseTo(1, 1);
});

test('no rows have no quantile, before and after a round trip', () => {
  const sketch = new LatencySketch();
  sketch.add(5, 0);
  const decoded = new LatencySketch();
  decoded.mergeEncoded(sketch.encode());
  expect([sketch.quantileMs(0.5), decoded.quantileMs(0.5), decoded.rows]).toEqual([null, null, 0]);
});

test('latencies of nothing are kept, also when they are merged with long ones', () => {
  const short = new LatencySketch();
  short.add(0, 3);
  const merged = new LatencySketch();
  merged.add(1_000_000, 1);
  merged.merge(short);
  expect(merged.rows).toBe(4);
  expect(merged.quantileMs(0.5)!).toBeLessThan(3);
});

test('framed sketches merge one after the other', () => {
  const frames = [1_000, 2_000, 3_000].map((ms) => {
    const sketch = new LatencySketch();
    sketch.add(ms, 1);
    const encoded = sketch.encode();
    const length = Buffer.alloc(4);
    length.writeUInt32BE(encoded.byteLength);
    return Buffer.concat([length, encoded]);
  });
  const merged = new LatencySketch();
  merged.mergeFramed(Buffer.concat(frames));
  expect(merged.rows).toBe(3);
});

test('bytes that are no sketch are refused', () => {
  expect(() => new LatencySketch().mergeEncoded(Uint8Array.of(255, 255, 255))).toThrow();
});
