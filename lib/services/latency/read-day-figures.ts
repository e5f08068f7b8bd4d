import { LatencySketch, quantileMs } from '@/lib/domain/latency/sketch';
import { HOUR_MS } from '@/lib/domain/time-units';
import type { DbTransaction } from '@/lib/platform/db/client';

const HOURS = 24;

/** A routing's deliveries in the present UTC hour and the 23 before it; at most two minutes behind. */
interface DayFigures {
  readonly rows: number;
  /** Rows that arrived within the promise. */
  readonly withinRows: number;
  /** Oldest first, always 24; null where nothing was delivered. */
  readonly hourlyP95: readonly (number | null)[];
  /** Some of it is made up for the demonstration. */
  readonly hasDemo: boolean;
}

interface HourRow {
  readonly routing_id: string;
  /** 0 is the oldest of the 24. */
  readonly hour: number;
  readonly rows: number;
  readonly within_rows: number;
  readonly max_ms: number;
  readonly is_demo: boolean;
  /** Null where it was not written with the sketch, which is then there to ask. */
  readonly p95_ms: number | null;
  readonly sketch: Uint8Array | null;
}

/** The last 24 hours of the given routings, one page of a list; a routing without any delivery is left out. */
export async function readDayFigures(
  db: Pick<DbTransaction, '$queryRaw'>,
  routingIds: readonly string[],
): Promise<Map<string, DayFigures>> {
  if (routingIds.length === 0) return new Map();
  const hours = await db.$queryRaw<HourRow[]>`
    SELECT r.routing_id, (extract(epoch FROM r.at - w.since) * 1000 / ${HOUR_MS}::int)::int AS hour,
      r.rows::float8 AS rows, r.within_rows::float8 AS within_rows, r.max_ms::float8 AS max_ms,
      r.is_demo, r.p95_ms::float8 AS p95_ms, CASE WHEN r.p95_ms IS NULL THEN r.sketch END AS sketch
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
  const hourlyP95: (number | null)[] = new Array(HOURS).fill(null);
  let rows = 0;
  let withinRows = 0;
  for (const row of hours) {
    hourlyP95[row.hour] = p95Of(row);
    rows += row.rows;
    withinRows += row.within_rows;
  }
  return { rows, withinRows, hourlyP95, hasDemo: hours.some((hour) => hour.is_demo) };
}

function p95Of({ p95_ms: writtenMs, sketch: encoded, max_ms: maxMs }: HourRow): number | null {
  if (writtenMs !== null || encoded === null) return writtenMs;
  const sketch = new LatencySketch();
  sketch.mergeEncoded(encoded);
  return quantileMs(sketch, 0.95, maxMs);
}
