import type { DataType } from '@/lib/domain/data-type';
import { Prisma } from '@/lib/platform/db/generated/client';

export interface ReplayRange {
  readonly routingId: string;
  readonly types: readonly DataType[];
  readonly from: string;
  readonly to: string;
}

/**
 * The files of a range that are delivered or still to be, each with whether the log still has its chunks: the log
 * forgets from the lowest offset on. Snapshots are not partitioned: theirs is the hour in which they were received.
 */
export function filesInRange({ routingId, types, from, to }: ReplayRange): Prisma.Sql {
  return Prisma.sql`
    SELECT f.*, coalesce(f.hour, date_trunc('hour', f.received_min, 'UTC')) AS in_hour,
      f.lo >= kept.first AS is_kept
    FROM file f
    JOIN cut c ON c.id = f.cut_id
    JOIN lane l ON l.id = c.lane_id
    JOIN LATERAL (
      SELECT coalesce(
        (SELECT k."offset" FROM log.chunk k WHERE k.stream_id = s.id ORDER BY k."offset" LIMIT 1),
        s.next_offset) AS first
      FROM log.stream s WHERE s.id = l.stream_id
    ) kept ON true
    WHERE f.routing_id = ${routingId}::uuid AND f.type = ANY (${types}::text[])
      AND f.state IN ('delivered', 'sealed', 'conflict')
      AND ((f.hour >= ${from}::timestamptz AND f.hour < ${to}::timestamptz)
        OR (f.hour IS NULL AND f.received_min >= ${from}::timestamptz AND f.received_min < ${to}::timestamptz))`;
}
