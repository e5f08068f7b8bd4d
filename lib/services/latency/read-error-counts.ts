import { errorClass } from '@/lib/domain/latency/error-class';
import type { ErrorCounts } from '@/lib/domain/latency/series';
import type { LatencyWindow } from '@/lib/domain/latency/window';
import type { Db } from '@/lib/platform/db/client';

interface ErrorRow {
  readonly at_ms: number;
  readonly http_status: number | null;
  readonly code: string | null;
  readonly count: number;
}

/**
 * Failed attempts of a routing in the window by class, by the start of their point. A mark that was given up before
 * anything was sent is none, nor is a 412 that met our own earlier write.
 */
export async function readErrorCounts(
  db: Db,
  routingId: string,
  { fromMs, toMs, stepMs }: LatencyWindow,
): Promise<Map<number, ErrorCounts>> {
  const rows = await db.$queryRaw<ErrorRow[]>`
    SELECT (floor(extract(epoch FROM a.ended_at) * 1000 / ${stepMs}::bigint) * ${stepMs}::bigint)::float8 AS at_ms,
      a.http_status, a.code, count(*)::float8 AS count
    FROM attempt a
    WHERE a.routing_id = ${routingId}::uuid AND a.outcome IN ('refused', 'unknown')
      AND a.ended_at >= ${new Date(fromMs)} AND a.ended_at < ${new Date(toMs)}
      AND a.code IS DISTINCT FROM 'NotSent'
      AND NOT (a.http_status IS NOT DISTINCT FROM 412
        AND EXISTS (SELECT FROM file f WHERE f.id = a.file_id AND f.state = 'delivered'))
    GROUP BY 1, 2, 3`;
  const counts = new Map<number, ErrorCounts>();
  for (const row of rows) {
    const kind = errorClass({ httpStatus: row.http_status, code: row.code });
    const point = counts.get(row.at_ms) ?? {};
    point[kind] = (point[kind] ?? 0) + row.count;
    counts.set(row.at_ms, point);
  }
  return counts;
}
