import type { Sql } from '@/lib/platform/sql';

/** Rejects with one sentence that says what to do when the database is out of reach or not migrated. */
export async function requireDatabase(sql: Sql, databaseUrl: string): Promise<void> {
  const migrated = await askWhetherMigrated(sql, databaseUrl);
  if (!migrated) {
    throw new Error(`The database at ${addressOf(databaseUrl)} has no tables: run npm run db:migrate.`);
  }
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
