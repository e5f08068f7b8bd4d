import pg from 'pg';

const INT8_OID = 20;

// Offsets, rows and bytes stay below 2^53; a string here would concatenate instead of add.
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8_OID
      ? (text: string) => parseSafeInteger(text)
      : pg.types.getTypeParser(oid, format ?? 'text'),
} as pg.CustomTypesConfig;

function parseSafeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error('A bigint of the database is too large for a number');
  return value;
}

export type Sql = pg.Pool;
export type SqlClient = pg.PoolClient;

export interface SqlOptions {
  readonly databaseUrl: string;
  readonly applicationName: string;
  readonly connectionsMax: number;
  readonly statementTimeoutMs?: number;
}

/** A pool for the hot path: int8 as number, deadlines on connecting, on every statement and on idle transactions. */
export function createSql(options: SqlOptions): Sql {
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    application_name: options.applicationName,
    max: options.connectionsMax,
    types,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: options.statementTimeoutMs ?? 15_000,
    query_timeout: (options.statementTimeoutMs ?? 15_000) + 5_000,
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
  });
  // An idle connection that breaks must not end the process; the next query reports it.
  pool.on('error', () => undefined);
  // Nor must one that breaks while it is in use; the query that runs on it reports it.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** One transaction on one connection; rolled back when `run` throws. No I/O but SQL inside. */
export async function inTransaction<T>(sql: Sql, run: (client: SqlClient) => Promise<T>): Promise<T> {
  const client = await sql.connect();
  let broken: unknown;
  try {
    await client.query('BEGIN');
    const result = await run(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    try {
      await client.query('ROLLBACK');
    } catch (rollbackError) {
      broken = rollbackError;
    }
    throw error;
  } finally {
    client.release(broken instanceof Error ? broken : undefined);
  }
}

/** Database time as epoch ms. */
export async function readDatabaseMs(sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ ms: number }>(
    'SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms',
  );
  const row = rows[0];
  if (row === undefined) throw new Error('The database did not tell the time');
  return row.ms;
}
