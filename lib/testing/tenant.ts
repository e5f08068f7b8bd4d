import { randomUUID } from 'node:crypto';
import type { Sql } from '@/lib/platform/sql';

export interface TestTenant {
  readonly organizationId: string;
  readonly workspaceId: string;
}

/** An organization with one workspace, of the suite's own. */
export async function createTenant(sql: Sql): Promise<TestTenant> {
  const organizationId = randomUUID();
  const workspaceId = randomUUID();
  await sql.query('INSERT INTO organization (id, name) VALUES ($1, $2)', [
    organizationId,
    `Organization ${organizationId.slice(0, 8)}`,
  ]);
  await sql.query('INSERT INTO workspace (id, organization_id, name) VALUES ($1, $2, $3)', [
    workspaceId,
    organizationId,
    'Main site',
  ]);
  return { organizationId, workspaceId };
}
