import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '@/dev/embedded-postgres/start';
import { prepareDatabase } from '@/scripts/db/prepare-database';

export interface InstanceDatabase {
  readonly url: string;
  /** Resolves with a sentence when an embedded server ends by itself; never otherwise. */
  readonly broken: Promise<string>;
  readonly stop: () => Promise<void>;
}

const DATABASE = 'sluice';

/** The given database, or an embedded one below `home`; migrated. */
export async function openDatabase(home: string, givenUrl: string | undefined): Promise<InstanceDatabase> {
  if (givenUrl !== undefined && givenUrl !== '') {
    await requireReachable(givenUrl);
    await prepareDatabase(givenUrl);
    return { url: givenUrl, broken: new Promise(() => undefined), stop: async () => undefined };
  }
  const server = await startEmbeddedPostgres({ directory: join(home, 'postgres'), port: 0 });
  try {
    if (!(await databaseExists(server.url('postgres')))) await server.createDatabase(DATABASE);
    const url = server.url(DATABASE);
    await prepareDatabase(url);
    const broken = server.ended.then(
      (end) => `The embedded Postgres ended: ${end.lastWords.trim().split('\n').at(-1) ?? ''}`,
    );
    return { url, broken, stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function databaseExists(adminUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    return rowCount === 1;
  } finally {
    await client.end();
  }
}

async function requireReachable(databaseUrl: string): Promise<void> {
  if (!/^postgres(ql)?:\/\/./.test(databaseUrl)) {
    throw new Error('DATABASE_URL must look like postgresql://user:password@host:port/name.');
  }
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    await client.end();
  } catch (error) {
    const reason =
      error instanceof Error ? error.message || (error as NodeJS.ErrnoException).code : String(error);
    throw new Error(
      `The database of DATABASE_URL cannot be reached: ${reason}. Start it or correct DATABASE_URL; unset it to use the embedded one.`,
    );
  }
}
