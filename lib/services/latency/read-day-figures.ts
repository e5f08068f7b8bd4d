import { LatencySketch } from '@/lib/domain/latency/sketch';
import type { DbTransaction } from '@/lib/platform/db/client';

const HOUR_MS = 3_600_000;
const HOURS = 24;

/** A routing's deliveries in the present UTC hour and the 23 before it; at most two minutes behind. */
export interface DayFigures {
  readonly rows: number;
  /** Rows that arrived within the promise. */
  readonly withinRows: number;
  readonly p99Ms: number | null;
  /** Oldest first, always 24; null where nothing was delivered. */
  readonly hourlyP95: readonly (number | null)[];
}

interface HourRow {
  readonly routing_id: string;
  /** 0 is the oldest of the 24. */
  readonly hour: number;
  readonly rows: number;
  readonly within_rows: number;
  readonly max_ms: number;
  readonly sketch: Uint8Array;
}

/** The last 24 hours of the given routings, one page of a list; a routing without any delivery is left out. */
export async function readDayFigures(
  db: Pick<DbTransaction, '$queryRaw'>,
  routingIds: readonly string[],
): Promise<Map<string, DayFigures>> {
  if (routingIds.length === 0) return new Map();
  const hours = await db.$queryRaw<HourRow[]>`
    SELECT r.routing_id, (extract(epoch FROM r.at - w.since) * 1000 / ${HOUR_MS}::int)::int AS hour,
      r.rows::float8 AS rows, r.within_rows::float8 AS within_rows, r.max_ms::float8 AS max_ms, r.sketch
    FROM (SELECT date_trunc('hour', now(), 'UTC') - interval '23 hours' AS since) w
    CROSS JOIN unnest(${[...routingIds]}::uuid[]) AS wanted (id)
    JOIN latency_rollup r ON r.routing_id = wanted.id AND r.grain = 'hour' AND r.at >= w.since
    ORDER BY r.routing_id`;
  const byRouting = new Map<string, HourRow[]>();
  for (const row of hours) {
    const list = byRouting.get(row.routing_id) ?? [];
    list.push(row);
    byRouting.set(row.routing_id, list);
  }
  return new Map([...byRouting].map(([id, rows]) => [id, toDayFigures(rows)]));
}

function toDayFigures(hours: readonly HourRow[]): DayFigures {
  const day = new LatencySketch();
  const hourlyP95: (number | null)[] = new Array(HOURS).fill(null);
  let rows = 0;
  let withinRows = 0;
  let maxMs = 0;
  for (const row of hours) {
    const sketch = new LatencySketch();
    sketch.mergeEncoded(row.sketch);
    day.merge(sketch);
    hourlyP95[row.hour] = atMost(sketch.quantileMs(0.95), row.max_ms);
    rows += row.rows;
    withinRows += row.within_rows;
    maxMs = Math.max(maxMs, row.max_ms);
  }
  return { rows, withinRows, p99Ms: atMost(day.quantileMs(0.99), maxMs), hourlyP95 };
}

function atMost(ms: number | null, maxMs: number): number | null {
  return ms === null ? null : Math.min(Math.round(ms), maxMs);
}
