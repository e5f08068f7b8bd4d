import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { createDb, type Db } from '@/lib/platform/db/client';
import { createSql, type Sql } from '@/lib/platform/sql';
import { TEMPLATE_DATABASE } from './global-setup';

export interface TestDatabase {
  readonly url: string;
  readonly sql: Sql;
  readonly db: Db;
  close(): Promise<void>;
}

export interface TestDatabaseOptions {
  readonly connectionsMax?: number;
  /** Nothing is in it. */
  readonly isEmpty?: boolean;
}

/** A migrated database of the suite's own, cloned from the template; `close` drops it. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const adminUrl = inject('postgresUrl');
  const name = `t_${randomBytes(6).toString('hex')}`;
  await runAdmin(
    adminUrl,
    `CREATE DATABASE ${name} TEMPLATE ${options.isEmpty ? 'template0' : TEMPLATE_DATABASE}`,
  );
  const url = Object.assign(new URL(adminUrl), { pathname: `/${name}` }).toString();
  const sql = createSql({
    databaseUrl: url,
    applicationName: 'test',
    connectionsMax: options.connectionsMax ?? 10,
  });
  const db = createDb({ databaseUrl: url, connectionsMax: 5 });
  return {
    url,
    sql,
    db,
    close: async () => {
      await db.$disconnect();
      await sql.end();
      await runAdmin(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function runAdmin(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 60_000 });
  await client.connect();
  try {
    // Cloning fails while somebody else clones; the lock queues the suites.
    await client.query('SELECT pg_advisory_lock(1)');
    await client.query(statement);
  } finally {
    await client.end();
  }
}
