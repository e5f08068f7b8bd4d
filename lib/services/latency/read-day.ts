import { type DaySummary, midnightBefore, sumOf } from '@/lib/domain/latency/day-summary';
import { LatencySketch } from '@/lib/domain/latency/sketch';
import { parseInput } from '@/lib/domain/parse-input';
import { type RoutingIdInput, routingIdSchema } from '@/lib/domain/routing/input';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { requireRouting } from '@/lib/services/routing/require-routing';

interface HourRow {
  readonly at_ms: number;
  readonly now_ms: number;
  readonly rows: number;
  readonly within_rows: number;
  readonly max_ms: number;
  readonly is_demo: boolean;
  readonly sketch: Uint8Array;
}

/**
 * The present UTC hour and the 23 before it, from hours instead of minutes: a fraction of what reading the chart of a
 * day costs, and at most two minutes behind it. Throws NOT_FOUND for a routing the actor does not see.
 */
export async function readDay(given: { ctx: Ctx; input: RoutingIdInput }): Promise<DaySummary> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.see');
  const { routingId } = parseInput(routingIdSchema, given.input);
  await requireRouting(ctx, routingId);
  const rows = await ctx.db.$queryRaw<HourRow[]>`
    SELECT (extract(epoch FROM at) * 1000)::float8 AS at_ms, (extract(epoch FROM now()) * 1000)::float8 AS now_ms,
      rows::float8 AS rows, within_rows::float8 AS within_rows, max_ms::float8 AS max_ms, is_demo, sketch
    FROM latency_rollup
    WHERE routing_id = ${routingId}::uuid AND grain = 'hour'
      AND at >= date_trunc('hour', now(), 'UTC') - interval '23 hours'`;
  return summarize(rows);
}

function summarize(hours: readonly HourRow[]): DaySummary {
  const sketch = new LatencySketch();
  for (const hour of hours) sketch.mergeEncoded(hour.sketch);
  const counts = hours.map((hour) => ({
    atMs: hour.at_ms,
    rows: hour.rows,
    withinRows: hour.within_rows,
  }));
  const midnight = midnightBefore(hours[0]?.now_ms ?? 0);
  const p99Ms = sketch.quantileMs(0.99);
  const maxMs = Math.max(0, ...hours.map((hour) => hour.max_ms));
  return {
    ...sumOf(counts),
    p99Ms: p99Ms === null ? null : Math.min(Math.round(p99Ms), maxMs),
    today: sumOf(counts.filter(({ atMs }) => atMs >= midnight)),
    hasDemo: hours.some((hour) => hour.is_demo),
  };
}
