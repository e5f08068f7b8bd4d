import { SecretBoxError } from '@/lib/platform/secret-box/envelope';
import { rewrap, sealedTo } from '@/lib/platform/secret-box/rewrap';
import type { UnwrappingKey, WrappingKey } from '@/lib/platform/secret-box/wrapping-key';
import type { Sql } from '@/lib/platform/sql';
import { SEALED_TABLES, type SealedTable } from './sealed-table';

export interface RewrapReport {
  /** The key that everything is sealed to afterwards. */
  readonly keyId: string;
  /** Secrets that were wrapped anew. */
  readonly rewrapped: number;
  readonly already: number;
  /** Secrets whose key is in nobody's ring here, or that do not open: which, and the key they name. */
  readonly unreadable: readonly { readonly secret: string; readonly keyId: string }[];
}

interface Keys {
  readonly from: readonly UnwrappingKey[];
  readonly to: WrappingKey;
}

type Row = Readonly<Record<string, unknown>> & { readonly id: string };

const PAGE = 200;

/**
 * Wraps the data key of every sealed secret anew, by `to`; the secrets are not opened and nothing stops meanwhile.
 * Each row is a compare-and-set on the sealed bytes, so a row that changes under it is left to the next run. Run
 * again, it does nothing.
 */
export async function rewrapSecrets(sql: Sql, keys: Keys): Promise<RewrapReport> {
  const counts = { rewrapped: 0, already: 0 };
  const unreadable: { secret: string; keyId: string }[] = [];
  for (const sealed of SEALED_TABLES) {
    for (let after: string | null = null; ; ) {
      const rows: readonly Row[] = await readPage(sql, sealed, after);
      for (const row of rows) {
        for (const column of Object.keys(sealed.columns)) {
          if (row[column] === null) continue;
          const outcome = await rewrapOne(sql, keys, { sealed, row, column });
          if (outcome === 'rewrapped' || outcome === 'already') counts[outcome] += 1;
          else unreadable.push({ secret: `${sealed.table} ${row.id} ${column}`, keyId: outcome.keyId });
        }
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) break;
      after = last.id;
    }
  }
  return { keyId: keys.to.keyId, ...counts, unreadable };
}

async function readPage(sql: Sql, sealed: SealedTable, after: string | null): Promise<readonly Row[]> {
  const names = [...sealed.placeColumns, ...Object.keys(sealed.columns)];
  const { rows } = await sql.query<Row>(
    `SELECT id::text AS id, ${names.join(', ')} FROM ${sealed.table}
     WHERE $1::text IS NULL OR id::text > $1 ORDER BY id::text LIMIT ${PAGE}`,
    [after],
  );
  return rows;
}

async function rewrapOne(
  sql: Sql,
  keys: Keys,
  { sealed, row, column }: { sealed: SealedTable; row: Row; column: string },
): Promise<'rewrapped' | 'already' | { keyId: string }> {
  const before = row[column] as Buffer;
  let keyId = 'unknown';
  try {
    keyId = sealedTo(before);
    if (keyId === keys.to.keyId) return 'already';
    const aad = sealed.columns[column]?.(row) ?? '';
    const after = await rewrap(before, { ...keys, aad });
    const setKeyId = sealed.keyIdColumn === null ? '' : `, ${sealed.keyIdColumn} = $4`;
    const values = [row.id, before, after, ...(sealed.keyIdColumn === null ? [] : [keys.to.keyId])];
    await sql.query(
      `UPDATE ${sealed.table} SET ${column} = $3${setKeyId} WHERE id::text = $1 AND ${column} = $2`,
      values,
    );
    return 'rewrapped';
  } catch (error) {
    if (error instanceof SecretBoxError) return { keyId };
    throw error;
  }
}
