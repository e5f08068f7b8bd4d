import { crc32, gunzipSync } from 'node:zlib';
import type { Sql } from '@/lib/platform/sql';
import type { TestObjectStore } from './object-store';

export interface DeliveredFile {
  readonly key: string;
  readonly lines: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** What checks, probes and proofs write lies in a folder of its own. */
export function isBesideDelivery(key: string): boolean {
  return /(^|\/)_sluice\//.test(key);
}

/**
 * The files of delivery under a prefix, each held against what it says of itself and what the ledger says of it: unpacks whole,
 * ends its last line, has the rows and CRC of its metadata, and is recorded as delivered. Throws otherwise.
 */
export async function readDelivered(
  store: Pick<TestObjectStore, 'listKeys' | 'getObject'>,
  sql: Sql,
  prefix: string,
): Promise<DeliveredFile[]> {
  const files: DeliveredFile[] = [];
  for (const key of await store.listKeys(prefix)) {
    if (isBesideDelivery(key)) continue;
    const object = await store.getObject(key);
    const raw = gunzipSync(object.body);
    const text = raw.toString('utf8');
    const lines = text.split('\n').slice(0, -1);
    const { metadata } = object;
    const said = [
      metadata['sluice-rows'],
      metadata['sluice-crc32'],
      object.contentType,
      object.contentEncoding,
    ];
    const found = [String(lines.length), crc32(raw).toString(16).padStart(8, '0'), 'application/gzip', null];
    if (!text.endsWith('\n') || JSON.stringify(said) !== JSON.stringify(found)) {
      throw new Error(`${key} says ${JSON.stringify(said)} and holds ${JSON.stringify(found)}`);
    }
    const { rows } = await sql.query<{ rows: number; gzip_bytes: number }>(
      `SELECT rows, gzip_bytes FROM file WHERE key = $1 AND id = $2 AND state = 'delivered'`,
      [key, metadata['sluice-file']],
    );
    if (rows[0]?.rows !== lines.length || rows[0].gzip_bytes !== object.body.length) {
      throw new Error(`${key} is not in the ledger as it is in the bucket: ${JSON.stringify(rows)}`);
    }
    files.push({ key, lines, metadata });
  }
  return files;
}

/** Every line under the prefix, sorted: equal to the sorted lines that went in, or something was lost or doubled. */
export async function readDeliveredLines(
  store: Pick<TestObjectStore, 'listKeys' | 'getObject'>,
  sql: Sql,
  prefix: string,
): Promise<string[]> {
  const files = await readDelivered(store, sql, prefix);
  return files.flatMap((file) => file.lines).sort();
}
