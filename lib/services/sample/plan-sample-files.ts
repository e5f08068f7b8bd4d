import { checkFolder } from '@/lib/domain/access-check/test-file';
import { dataTypeSchema } from '@/lib/domain/data-type';
import type { Sql } from '@/lib/platform/sql';
import { buildSampleFile, type SampleFile } from './build-sample-file';

interface SampleCheck {
  readonly id: string;
  readonly round: number;
  readonly routingId: string;
  readonly prefix: string;
}

interface Row {
  readonly now: Date;
  readonly workspace_id: string;
  readonly data_types: string[];
}

const READ = 'SELECT clock_timestamp() AS now, workspace_id, data_types FROM routing WHERE id = $1';
// A round that is another's by now records nothing, and so nothing is written for it.
const RECORD = `INSERT INTO sample_file (organization_id, check_id, data_type, file_id, key, body, sealed_at)
  SELECT c.organization_id, c.id, f.data_type, f.file_id, f.key, f.body, $7 FROM access_check c,
    unnest($3::text[], $4::uuid[], $5::text[], $6::bytea[]) AS f (data_type, file_id, key, body)
  WHERE c.id = $1 AND c.round = $2 AND c.state = 'running'
  ON CONFLICT (check_id, data_type) DO UPDATE SET file_id = excluded.file_id, key = excluded.key,
    body = excluded.body, sealed_at = excluded.sealed_at, written_at = NULL, removed_at = NULL`;

/**
 * The files with which a check tries its place, one of each data type of the routing, recorded before any of them is
 * sent. They take the place of what an earlier try of the same check recorded. Empty when the round is another's.
 */
export async function planSampleFiles(
  sql: Sql,
  check: SampleCheck,
  { newName, workerId }: { readonly newName: () => string; readonly workerId: string },
): Promise<readonly SampleFile[]> {
  const { rows } = await sql.query<Row>(READ, [check.routingId]);
  const [row] = rows;
  if (row === undefined) return [];
  const at = { workspaceId: row.workspace_id, folder: checkFolder(check.prefix), workerId };
  const files = await Promise.all(
    row.data_types.map((type) =>
      buildSampleFile({
        ...at,
        dataType: dataTypeSchema.parse(type),
        fileId: newName(),
        sealedAtMs: row.now.getTime(),
      }),
    ),
  );
  const column = <K extends keyof SampleFile>(name: K) => files.map((file) => file[name]);
  const { rowCount } = await sql.query(RECORD, [
    ...[check.id, check.round, column('dataType'), column('fileId'), column('key'), column('body')],
    row.now,
  ]);
  return rowCount === files.length ? files : [];
}
