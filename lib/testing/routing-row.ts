import type { Sql } from '@/lib/platform/sql';
import type { TestTenant } from './tenant';

/** A bare routing row in the given state, without destination and lanes. Returns its id. */
export async function createRoutingRow(
  sql: Sql,
  tenant: TestTenant,
  state: {
    readonly lifecycle?: string;
    readonly intent?: string;
    readonly dataTypes?: readonly string[];
    readonly startFrom?: 'head' | 'earliest';
  } = {},
): Promise<string> {
  const { rows } = await sql.query<{ id: string }>(
    `INSERT INTO routing (organization_id, workspace_id, name, lifecycle, intent, data_types, start_from)
      VALUES ($1, $2, 'Export', $3, $4, $5, $6) RETURNING id`,
    [
      tenant.organizationId,
      tenant.workspaceId,
      state.lifecycle ?? 'active',
      state.intent ?? 'run',
      state.dataTypes ?? ['events'],
      state.startFrom ?? 'head',
    ],
  );
  const row = rows[0];
  if (row === undefined) throw new Error('The routing was not inserted');
  return row.id;
}
