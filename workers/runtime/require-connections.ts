import type { ProcessKind } from '@/lib/domain/system/process';
import {
  type ConnectionBudget,
  findConnectionShortage,
  type ServerConnections,
} from '@/lib/platform/connection-budget';
import type { Sql } from '@/lib/platform/sql';

/** Rejects with one sentence when Postgres has not as many connections free as this process may open. */
export async function requireConnections(
  sql: Sql,
  kind: ProcessKind,
  budget: ConnectionBudget,
): Promise<void> {
  const query = async (statement: string) => (await sql.query<ServerConnections>(statement)).rows;
  const shortage = await findConnectionShortage(query, kind, budget);
  if (shortage !== null) throw new Error(shortage);
}
