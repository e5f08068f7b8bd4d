/** How eagerly a fault is tried again. */
export type Pace = 'quick' | 'slow_down' | 'confirm' | 'probe';

const SCALE: Record<Pace, { readonly firstMs: number; readonly maxMs: number }> = {
  /** Transient: resets, timeouts, 5xx. */
  quick: { firstMs: 500, maxMs: 60_000 },
  /** The store asks for less. */
  slow_down: { firstMs: 2_000, maxMs: 120_000 },
  /** A bare refusal: three tries within a minute decide whether access is gone. */
  confirm: { firstMs: 12_000, maxMs: 12_000 },
  /** Access is gone: look now and then whether it is back. */
  probe: { firstMs: 15_000, maxMs: 120_000 },
};

/**
 * Milliseconds until the next try: doubles with each failure in a row up to a bound; `random` in [0, 1) takes up to
 * a sixth off the end of each step, so that lanes that failed together do not come back together.
 */
export function backOffMs(pace: Pace, failuresBefore: number, random: number): number {
  const { firstMs, maxMs } = SCALE[pace];
  const step = Math.min(maxMs, firstMs * 2 ** Math.min(failuresBefore, 20));
  return Math.round(step * (1 - random / 6));
}
