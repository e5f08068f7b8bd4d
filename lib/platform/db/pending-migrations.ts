import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

type Query = (statement: string) => Promise<readonly { readonly name: string }[]>;

/**
 * Names of the migrations in `directory` that the database has not finished, oldest first. Empty where the directory
 * is not there: then whoever deploys answers for it.
 */
export async function findPendingMigrations(query: Query, directory: string): Promise<string[]> {
  if (!existsSync(directory)) return [];
  const known = readdirSync(directory).filter((name) => existsSync(join(directory, name, 'migration.sql')));
  const rows = await query(
    'SELECT migration_name AS name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  const applied = new Set(rows.map(({ name }) => name));
  return known.filter((name) => !applied.has(name)).sort();
}
