import { type OrganizationIdInput, organizationIdSchema } from '@/lib/domain/access/organization';
import { type DataType, dataTypeSchema } from '@/lib/domain/data-type';
import type { MeasuredTraffic } from '@/lib/domain/destination/estimate-files';
import { parseInput } from '@/lib/domain/parse-input';
import type { Ctx } from '@/lib/services/context';
import { requireOrganization, requirePermission } from '@/lib/services/guard';

interface Row {
  readonly workspace_id: string;
  readonly type: string;
  readonly bytes_a_day: number;
}

/**
 * Compressed bytes a day that each workspace of an organization has sent since yesterday 00:00 UTC, by data type;
 * what has sent for less than an hour is left out. Throws NOT_FOUND for an organization the actor does not see.
 */
export async function measureTraffic(given: {
  ctx: Ctx;
  input: OrganizationIdInput;
}): Promise<{ trafficByWorkspace: Readonly<Record<string, MeasuredTraffic>> }> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.see');
  const { organizationId } = parseInput(organizationIdSchema, given.input);
  requireOrganization(ctx, organizationId, 'organization');
  // Totals before a chunk are kept with it, so two rows a stream answer this, whatever it holds.
  const rows = await ctx.db.$queryRaw<Row[]>`
    SELECT s.workspace_id, s.type,
      (sum(s.body_bytes_total - f.body_bytes_before) * 86400 / extract(epoch FROM now() - min(f.since)))::float8 AS bytes_a_day
    FROM log.stream s
    CROSS JOIN LATERAL (
      SELECT k.body_bytes_before, greatest(s.created_at, date_trunc('day', now(), 'UTC') - interval '1 day') AS since
      FROM log.chunk k
      WHERE k.stream_id = s.id AND k.part >= (now() AT TIME ZONE 'UTC')::date - 1
      ORDER BY k."offset" LIMIT 1
    ) f
    WHERE s.organization_id = ${organizationId}::uuid
    GROUP BY s.workspace_id, s.type
    HAVING min(f.since) < now() - interval '1 hour'`;
  const trafficByWorkspace: Record<string, Partial<Record<DataType, number>>> = {};
  for (const { workspace_id, type, bytes_a_day } of rows) {
    const known = trafficByWorkspace[workspace_id] ?? {};
    trafficByWorkspace[workspace_id] = { ...known, [dataTypeSchema.parse(type)]: Math.round(bytes_a_day) };
  }
  return { trafficByWorkspace };
}
