import type { RollupGrain } from '@/lib/domain/latency/rollup';
import { LatencyTally } from '@/lib/domain/latency/tally';
import { busyness, noise } from './day-curve';

const MINUTE_MS = 60_000;
const BLOCK_MS = 10 * MINUTE_MS;
const GRAIN_MS: Readonly<Record<RollupGrain, number>> = {
  minute: MINUTE_MS,
  hour: 60 * MINUTE_MS,
  day: 24 * 60 * MINUTE_MS,
};
/** Latencies that stand for the rows of a minute. */
const SAMPLES = 20;
const RAW_BYTES_PER_ROW = 900;
const RATIO = 6;

export interface HistoryShape {
  readonly rowsPerMinuteMax: number;
  readonly flushIntervalMs: number;
  readonly promiseMs: number;
  /** One or more, each a file every flush interval. */
  readonly dataTypes: number;
  /** A stretch in which too few writers ran, and files came up to `peakMs` later. */
  readonly late: { readonly fromMs: number; readonly toMs: number; readonly peakMs: number };
}

export interface HistoryRow {
  readonly grain: RollupGrain;
  readonly atMs: number;
  readonly tally: LatencyTally;
}

/** Roll-ups of a made-up news site, each grain from its instant until `toMs`: hours are their minutes, days their hours. */
export function makeHistory(
  shape: HistoryShape,
  span: { readonly from: Readonly<Record<RollupGrain, number>>; readonly toMs: number },
): HistoryRow[] {
  const rows = new Map<string, HistoryRow>();
  const grains: RollupGrain[] = ['minute', 'hour', 'day'];
  const first = Math.min(...grains.map((grain) => start(span.from[grain], grain)));
  const minutesFrom = start(span.from.minute, 'minute');
  let stepMs = MINUTE_MS;
  for (let atMs = first; atMs < span.toMs; atMs += stepMs) {
    // Where no single minutes are wanted one stands for ten, which divide every hour.
    stepMs = atMs + BLOCK_MS <= minutesFrom ? BLOCK_MS : MINUTE_MS;
    const made = makeMinute(shape, atMs, stepMs / MINUTE_MS);
    for (const grain of grains) {
      const since = start(atMs, grain);
      if (since < start(span.from[grain], grain)) continue;
      const key = `${grain} ${since}`;
      const row = rows.get(key) ?? { grain, atMs: since, tally: new LatencyTally() };
      row.tally.merge(made);
      rows.set(key, row);
    }
  }
  return [...rows.values()];
}

function start(atMs: number, grain: RollupGrain): number {
  return Math.floor(atMs / GRAIN_MS[grain]) * GRAIN_MS[grain];
}

function makeMinute(shape: HistoryShape, atMs: number, times: number): LatencyTally {
  const tally = new LatencyTally();
  const seed = Math.floor(atMs / MINUTE_MS);
  const busy = busyness(atMs) * (0.9 + 0.2 * noise(seed));
  const rows = Math.max(SAMPLES, Math.round(shape.rowsPerMinuteMax * busy)) * times;
  // A file is due once its first line is as old as the flush interval: a little less often than that.
  const perMinute = MINUTE_MS / (shape.flushIntervalMs + 1_500) + noise(seed + 5) - 0.5;
  const files = Math.max(1, Math.round(perMinute * shape.dataTypes)) * times;
  const lateMs = lateness(shape.late, atMs) * (0.9 + 0.2 * noise(seed + 1));
  // Uploads are slower in busy hours, and once in a while S3 takes its time.
  const hiccupMs = noise(seed + 2) > 0.97 ? 6_000 * noise(seed + 3) : 0;
  const slownessMs = 4_000 * busy * noise(Math.floor(seed / 45) + 4) + hiccupMs;
  for (let i = 0; i < SAMPLES; i += 1) {
    const part = Math.floor((rows * (i + 1)) / SAMPLES) - Math.floor((rows * i) / SAMPLES);
    const batchingMs = Math.round(((i + 0.5) / SAMPLES) * shape.flushIntervalMs);
    const uploadingMs = Math.round(180 + slownessMs + 900 * noise(seed * SAMPLES + i) ** 3);
    const waitingMs = Math.round(lateMs + 150 + 400 * noise(seed + i));
    const latencyMs = batchingMs + uploadingMs + waitingMs;
    tally.sketch.add(latencyMs, part);
    tally.add({
      rows: part,
      withinRows: latencyMs <= shape.promiseMs ? part : 0,
      maxMs: latencyMs,
      waitingMs: waitingMs * part,
      batchingMs: batchingMs * part,
      uploadingMs: uploadingMs * part,
      retryingMs: 0,
      files: i === 0 ? files : 0,
      rawBytes: part * RAW_BYTES_PER_ROW,
      gzipBytes: Math.round((part * RAW_BYTES_PER_ROW) / RATIO),
    });
  }
  return tally;
}

/** Rises for a third of the stretch and falls for the rest, as a backlog does. */
function lateness({ fromMs, toMs, peakMs }: HistoryShape['late'], atMs: number): number {
  if (atMs < fromMs || atMs >= toMs) return 0;
  const place = (atMs - fromMs) / (toMs - fromMs);
  return peakMs * (place < 1 / 3 ? place * 3 : (1 - place) * 1.5);
}
