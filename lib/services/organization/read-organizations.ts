import type { OrganizationView } from '@/lib/domain/access/organization';
import { routingLabel } from '@/lib/domain/routing/label';
import { LABELS_BY_SEVERITY } from '@/lib/domain/routing/list-views';
import { healthSchema, lifecycleSchema } from '@/lib/domain/routing/state';
import type { Db } from '@/lib/platform/db/client';

interface OrganizationRow {
  readonly id: string;
  readonly name: string;
  readonly created_at: Date;
  readonly workspaces: number;
  readonly routings: number;
  /** Distinct "lifecycle health" of its routings. */
  readonly states: readonly string[];
  readonly is_measured: boolean;
}

interface Wanted {
  /** Null: all of them. */
  readonly organizationId: string | null;
  /** Part of the name, in any case. */
  readonly containing?: string;
}

/** Organizations with what they own, by name, in one statement. */
export async function readOrganizations(
  db: Pick<Db, '$queryRaw'>,
  { organizationId, containing = '' }: Wanted,
): Promise<OrganizationView[]> {
  const rows = await db.$queryRaw<OrganizationRow[]>`
    SELECT o.id, o.name, o.created_at, (SELECT delivery.is_measured()) AS is_measured,
      (SELECT count(*)::int FROM workspace w WHERE w.organization_id = o.id AND w.deleted_at IS NULL) AS workspaces,
      r.routings, coalesce(r.states, '{}') AS states
    FROM organization o CROSS JOIN LATERAL (
      SELECT count(*)::int AS routings, array_agg(DISTINCT r.lifecycle || ' ' || r.health) AS states
      FROM routing r JOIN workspace w ON w.id = r.workspace_id AND w.deleted_at IS NULL
      WHERE r.organization_id = o.id
    ) r
    WHERE (${organizationId}::uuid IS NULL OR o.id = ${organizationId}::uuid)
      AND (${containing} = '' OR position(lower(${containing}) IN lower(o.name)) > 0)
    ORDER BY lower(o.name), o.id`;
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    workspaces: row.workspaces,
    routings: row.routings,
    worstLabel: worstLabelOf(row),
    createdAt: row.created_at.toISOString(),
  }));
}

function worstLabelOf({ states, is_measured }: OrganizationRow): OrganizationView['worstLabel'] {
  const labels = states.map((state) => {
    const [lifecycle, health] = state.split(' ');
    return routingLabel({
      lifecycle: lifecycleSchema.parse(lifecycle),
      health: healthSchema.parse(health),
      isMeasured: is_measured,
    });
  });
  return LABELS_BY_SEVERITY.find((label) => labels.includes(label)) ?? null;
}
