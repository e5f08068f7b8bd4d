import type { Env } from '@/lib/platform/env';
import type { Sql } from '@/lib/platform/sql';
import { findBootFaults } from '@/lib/services/readiness/find-boot-faults';

/**
 * Rejects with one sentence that says what to do when the database is out of reach, not migrated to this version, or
 * holds the demo's people in production.
 */
export async function requireDatabase(
  sql: Sql,
  env: Pick<Env, 'DATABASE_URL' | 'SLUICE_MODE'>,
): Promise<void> {
  const { DATABASE_URL: databaseUrl } = env;
  const migrated = await askWhetherMigrated(sql, databaseUrl);
  if (!migrated) {
    throw new Error(`The database at ${addressOf(databaseUrl)} has no tables: run npm run db:migrate.`);
  }
  const query = async (statement: string) => (await sql.query<{ name: string }>(statement)).rows;
  const [fault] = await findBootFaults(query, env);
  if (fault !== undefined) throw new Error(fault);
}

async function askWhetherMigrated(sql: Sql, databaseUrl: string): Promise<boolean> {
  try {
    const { rows } = await sql.query<{ known: boolean }>(
      `SELECT to_regclass('delivery.turn') IS NOT NULL AS known`,
    );
    return rows[0]?.known === true;
  } catch (cause) {
    throw new Error(
      `The database at ${addressOf(databaseUrl)} cannot be reached: ${reasonOf(cause)}. Is it running, and is DATABASE_URL right?`,
      { cause },
    );
  }
}

/** Host, port and name; never the password. */
function addressOf(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) return 'DATABASE_URL';
  const { host, pathname } = new URL(databaseUrl);
  return `${host}${pathname}`;
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.message !== '') return cause.message;
  // Node says nothing itself when several addresses were tried.
  return 'code' in cause ? String(cause.code) : cause.name;
}
