import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** The advisory lock that `prisma migrate` takes too, so both can never run at once. */
const MIGRATION_LOCK = 72_707_369;

const BOOKKEEPING = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;

interface AppliedRow {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
}

/**
 * Applies the folders of prisma/migrations in order and keeps Prisma's own bookkeeping, so `prisma migrate status`
 * agrees. Needs no schema engine. Returns the names applied; throws on a failed or altered migration.
 */
export async function migrate(options: { databaseUrl: string; directory: string }): Promise<string[]> {
  const client = new pg.Client({
    connectionString: options.databaseUrl,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 300_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(BOOKKEEPING);
    const { rows } = await client.query<AppliedRow>(
      'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
    );
    const applied = new Map(rows.map((row) => [row.migration_name, row]));
    const fresh: string[] = [];
    for (const name of readdirSync(options.directory).sort()) {
      const file = join(options.directory, name, 'migration.sql');
      if (!existsSync(file)) continue;
      const sql = readFileSync(file, 'utf8');
      const checksum = createHash('sha256').update(sql).digest('hex');
      if (isApplied(name, checksum, applied.get(name))) continue;
      await applyOne(client, { name, sql, checksum });
      fresh.push(name);
    }
    return fresh;
  } finally {
    await client.end();
  }
}

function isApplied(name: string, checksum: string, row: AppliedRow | undefined): boolean {
  if (row === undefined) return false;
  if (row.finished_at === null)
    throw new Error(`Migration ${name} failed earlier. Mend it and mark it with \`prisma migrate resolve\`.`);
  if (row.checksum !== checksum)
    throw new Error(`Migration ${name} was changed after it was applied. Add a new migration instead.`);
  return true;
}

async function applyOne(
  client: pg.Client,
  migration: { name: string; sql: string; checksum: string },
): Promise<void> {
  const id = randomUUID();
  await client.query('INSERT INTO "_prisma_migrations" (id, checksum, migration_name) VALUES ($1, $2, $3)', [
    id,
    migration.checksum,
    migration.name,
  ]);
  try {
    await client.query(migration.sql);
  } catch (error) {
    await client.query('UPDATE "_prisma_migrations" SET logs = $2 WHERE id = $1', [id, String(error)]);
    throw new Error(`Migration ${migration.name} failed: ${String(error)}`, { cause: error });
  }
  await client.query(
    'UPDATE "_prisma_migrations" SET finished_at = now(), applied_steps_count = 1 WHERE id = $1',
    [id],
  );
}
