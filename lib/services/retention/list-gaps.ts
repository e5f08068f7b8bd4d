import { z } from 'zod';
import { dataTypeSchema } from '@/lib/domain/data-type';
import { parseInput } from '@/lib/domain/parse-input';
import type { GapView } from '@/lib/domain/retention/gap-view';
import { type RoutingIdInput, routingIdSchema } from '@/lib/domain/routing/input';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { requireRouting } from '@/lib/services/routing/require-routing';

const GAPS_MAX = 500;
const causeSchema = z.enum(['retention', 'released', 'discarded']);

interface Row {
  readonly id: number;
  readonly type: string;
  readonly stream_id: number;
  readonly lo: number;
  readonly hi: number;
  readonly rows: number;
  readonly cause: string;
  readonly may_exist: boolean;
  readonly received_min: Date | null;
  readonly received_max: Date | null;
  readonly at: Date;
  readonly reason: string | null;
  readonly hours: readonly { readonly hour: string; readonly rows: number }[];
}

/** The newest 500 gaps of a routing, newest first. Throws FORBIDDEN, NOT_FOUND. */
export async function listGaps(given: { ctx: Ctx; input: RoutingIdInput }): Promise<{ gaps: GapView[] }> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.see');
  const { routingId } = parseInput(routingIdSchema, given.input);
  await requireRouting(ctx, routingId);
  const rows = await ctx.db.$queryRaw<Row[]>`
    SELECT g.id::float8 AS id, s.type, s.id::float8 AS stream_id, g.lo::float8 AS lo, g.hi::float8 AS hi,
      g.rows::float8 AS rows, g.cause, g.may_exist, g.received_min, g.received_max, g.at, g.reason,
      coalesce((SELECT jsonb_agg(jsonb_build_object('hour', h.hour, 'rows', h.rows) ORDER BY h.hour)
        FROM gap_hour h WHERE h.gap_id = g.id), '[]') AS hours
    FROM gap g JOIN lane l ON l.id = g.lane_id JOIN log.stream s ON s.id = l.stream_id
    WHERE g.routing_id = ${routingId}::uuid ORDER BY g.id DESC LIMIT ${GAPS_MAX}`;
  return { gaps: rows.map(toView) };
}

function toView(row: Row): GapView {
  return {
    id: row.id,
    type: dataTypeSchema.parse(row.type),
    streamId: row.stream_id,
    firstOffset: row.lo,
    lastOffset: row.hi,
    rows: row.rows,
    cause: causeSchema.parse(row.cause),
    mayExist: row.may_exist,
    firstReceivedAt: row.received_min?.toISOString() ?? null,
    lastReceivedAt: row.received_max?.toISOString() ?? null,
    recordedAt: row.at.toISOString(),
    reason: row.reason,
    hours: row.hours.map(({ hour, rows }) => ({ hour: new Date(hour).toISOString(), rows })),
  };
}
