const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How busy a news site is at an instant, as a share of its busiest hour: quiet at 4:00 UTC, peaks at 8:00 and 20:00. */
export function busyness(atMs: number): number {
  const hour = (atMs % DAY_MS) / HOUR_MS;
  const daylight = 0.5 - 0.5 * Math.cos((2 * Math.PI * (hour - 4)) / 24);
  const morning = 0.2 * Math.exp(-(((hour - 8) / 1.5) ** 2));
  const evening = 0.3 * Math.exp(-(((hour - 20) / 2) ** 2));
  const isWeekend = [0, 6].includes(new Date(atMs).getUTCDay());
  return Math.min(1, (0.1 + 0.65 * daylight + morning + evening) * (isWeekend ? 0.8 : 1));
}

/** The same number in [0, 1) for the same seed, at every start. */
export function noise(seed: number): number {
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed) + 0x6d2b79f5;
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
}
