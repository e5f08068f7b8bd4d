import { Prisma } from '@/lib/platform/db/generated/client';

/**
 * `(routing_id, rows, within_rows)` of the last 24 hours, one row for each routing that delivered, as readDayFigures
 * counts them: to join and sort by over all routings. Read from an index alone.
 */
export const dayShares: Prisma.Sql = Prisma.sql`(
  SELECT routing_id, sum(rows)::float8 AS rows, sum(within_rows)::float8 AS within_rows
  FROM latency_rollup
  WHERE grain = 'hour' AND at >= date_trunc('hour', now(), 'UTC') - interval '23 hours'
  GROUP BY routing_id
)`;
