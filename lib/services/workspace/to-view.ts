import type { WorkspaceView } from '@/lib/domain/access/workspace';

interface WorkspaceRow {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly createdAt: Date;
}

/** A workspace as people see it; its alias namespace is a secret and stays behind. */
export function toWorkspaceView(row: WorkspaceRow): WorkspaceView {
  return {
    id: row.id,
    organizationId: row.organizationId,
    name: row.name,
    createdAt: row.createdAt.toISOString(),
  };
}
