import type { Sql } from '@/lib/platform/sql';

interface FoundObject {
  readonly rows: number;
  readonly bytes: number;
  readonly etag: string | null;
  readonly fileId: string | null;
}

interface LedgerInput {
  readonly sql: Sql;
  readonly bucket: string;
  readonly prefix: string;
  readonly found: ReadonlyMap<string, FoundObject>;
  readonly keysInDoubt?: ReadonlySet<string>;
}

interface LedgerFile {
  readonly id: string;
  readonly key: string;
  readonly rows: number;
  readonly gzip_bytes: number;
  readonly etag: string | null;
  readonly is_committed: boolean;
  /** By a replay: encrypted with a key of KMS, its ETag is another one. */
  readonly is_restored: boolean;
}

/** Where the ledger's delivered files and the objects are not the same set, or differ in anything both know. */
export async function compareWithLedger(input: LedgerInput): Promise<{ key: string; fault: string }[]> {
  const { sql, bucket, prefix, found } = input;
  const { rows } = await sql.query<LedgerFile>(
    `SELECT f.id, f.key, f.rows, f.gzip_bytes, f.etag, c.state = 'committed' AS is_committed,
       EXISTS (SELECT FROM replay_file x WHERE x.file_id = f.id AND x.state = 'restored') AS is_restored
     FROM file f JOIN cut c ON c.id = f.cut_id
     WHERE f.bucket = $1 AND starts_with(f.key, $2) AND f.state = 'delivered'`,
    [bucket, prefix],
  );
  const recorded = new Map(rows.map((row) => [row.key, row]));
  const faults = [...found].flatMap(([key, object]) => {
    if (input.keysInDoubt?.has(key)) return [];
    const fault = faultOf(key, object, recorded.get(key));
    return fault === null ? [] : [{ key, fault }];
  });
  for (const { key } of rows)
    if (!found.has(key))
      faults.push({ key, fault: `${key} is delivered in the ledger and not in the bucket` });
  return faults;
}

function faultOf(key: string, object: FoundObject, file: LedgerFile | undefined): string | null {
  if (file === undefined) return `${key} is in the bucket and not delivered in the ledger`;
  if (!file.is_committed) return `${key} belongs to a cut that is not committed`;
  const etag = file.is_restored ? object.etag : (file.etag?.replaceAll('"', '') ?? null);
  const there = [object.fileId, object.rows, object.bytes, object.etag];
  const said = [file.id, file.rows, file.gzip_bytes, etag];
  return JSON.stringify(there) === JSON.stringify(said)
    ? null
    : `${key} is ${JSON.stringify(there)} and the ledger says ${JSON.stringify(said)}`;
}
