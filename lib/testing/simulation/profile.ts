import { CALM, type NetworkWeather } from './passages';
import type { Prng } from './prng';

/** What kind of day a run has: drawn from its seed, so that runs differ in what goes wrong and how much. */
export interface Profile {
  readonly workers: number;
  readonly collectors: number;
  readonly workspaces: number;
  readonly routings: number;
  readonly requests: number;
  /** How long things go wrong. */
  readonly stormMs: number;
  readonly flushIntervalMs: number;
  /** Lines are so long that files are stitched, not compressed again. */
  readonly hasLongLines: boolean;
  readonly startMs: number;
  readonly dispatchEveryMs: number;
  readonly ledger: NetworkWeather;
  readonly log: NetworkWeather;
  readonly queue: NetworkWeather;
  readonly clients: NetworkWeather;
  /** Shares of PUTs and HEADs that get another answer than the truth. */
  readonly storeFaults: number;
  readonly headFaults: number;
  /** Shares of passes through a crash point that crash or freeze there. */
  readonly crashAtPoint: number;
  readonly freezeAtPoint: number;
  readonly mishaps: number;
  readonly verbs: number;
  /** Replays in the second half, before some of which customers delete what they have. */
  readonly replays: number;
  /** After it all, an hour passes in which nobody sends anything. */
  readonly hasQuietHour: boolean;
}

/** 2026-01-15T13:58:00Z: an hour ends soon. */
const NEAR_THE_HOUR_MS = 1_768_485_480_000;

export function drawProfile(prng: Prng): Profile {
  // Some runs are calm in some respects: what goes wrong alone goes wrong more clearly.
  const share = (most: number) => (prng.chance(0.35) ? 0 : prng.next() * most);
  const weather = (most: number): NetworkWeather =>
    prng.chance(0.3)
      ? CALM
      : { slow: share(0.3), refused: share(most), lost: share(most), late: share(most) };
  return {
    workers: prng.between(1, 3),
    collectors: prng.between(1, 2),
    workspaces: prng.chance(0.7) ? 1 : 2,
    routings: prng.between(1, 3),
    requests: prng.between(4, 26),
    stormMs: prng.between(15, 150) * 1_000,
    flushIntervalMs: prng.between(2, 20) * 1_000,
    hasLongLines: prng.chance(0.25),
    startMs: NEAR_THE_HOUR_MS + prng.between(0, 118_000),
    dispatchEveryMs: prng.between(400, 1_500),
    ledger: weather(0.06),
    log: weather(0.15),
    queue: weather(0.2),
    clients: weather(0.15),
    storeFaults: share(0.5),
    headFaults: share(0.5),
    crashAtPoint: share(0.05),
    freezeAtPoint: share(0.03),
    mishaps: prng.between(0, 6),
    verbs: prng.between(0, 8),
    replays: prng.chance(0.5) ? prng.between(1, 4) : 0,
    hasQuietHour: prng.chance(0.15),
  };
}
