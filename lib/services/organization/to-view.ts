import type { OrganizationView } from '@/lib/domain/access/organization';

/** What a query must include for `toOrganizationView`. */
export const WITH_COUNTS = {
  workspaces: { where: { deletedAt: null }, select: { _count: { select: { routings: true } } } },
} as const;

interface OrganizationRow {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly workspaces: readonly { readonly _count: { readonly routings: number } }[];
}

/** An organization as people see it. */
export function toOrganizationView(row: OrganizationRow): OrganizationView {
  return {
    id: row.id,
    name: row.name,
    workspaces: row.workspaces.length,
    routings: row.workspaces.reduce((sum, workspace) => sum + workspace._count.routings, 0),
    createdAt: row.createdAt.toISOString(),
  };
}
