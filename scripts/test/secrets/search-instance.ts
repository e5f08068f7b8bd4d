import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { type Needle, secretsIn } from './secret-forms';

export interface SearchReport {
  readonly tables: number;
  readonly rows: number;
  readonly logLines: number;
  /** Where which secret was found, by name. */
  readonly found: readonly string[];
}

const TABLES = `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
  WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`;
const PAGE = 500;

/** Reads every row of every table, the queue's included, and every log line of an instance, and looks for secrets. */
export async function searchInstance(
  place: {
    readonly databaseUrl: string /** Null where there are no logs. */;
    readonly logDirectory: string | null;
  },
  needles: readonly Needle[],
): Promise<SearchReport> {
  const found = new Set<string>();
  const tell = (where: string, text: string) => {
    for (const name of secretsIn(text, needles)) found.add(`${name} in ${where}`);
  };
  const counts = { tables: 0, rows: 0, logLines: 0 };
  const client = new pg.Client({ connectionString: place.databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(TABLES);
    for (const { name } of tables) {
      counts.tables += 1;
      counts.rows += await searchTable(client, name, tell);
    }
  } finally {
    await client.end();
  }
  const { logDirectory } = place;
  for (const file of logDirectory === null ? [] : readdirSync(logDirectory)) {
    const text = readFileSync(join(logDirectory ?? '', file), 'utf8');
    counts.logLines += text.split('\n').length - 1;
    tell(`the log ${file}`, text);
  }
  return { ...counts, found: [...found].sort() };
}

async function searchTable(
  client: pg.Client,
  table: string,
  tell: (where: string, text: string) => void,
): Promise<number> {
  await client.query('BEGIN');
  await client.query(`DECLARE everything CURSOR FOR SELECT t::text AS text FROM ${table} t`);
  let count = 0;
  for (;;) {
    const { rows } = await client.query<{ text: string }>(`FETCH ${PAGE} FROM everything`);
    for (const { text } of rows) tell(`the table ${table}`, text);
    count += rows.length;
    if (rows.length < PAGE) break;
  }
  await client.query('COMMIT');
  return count;
}
