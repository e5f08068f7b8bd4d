import { dataTypeSchema } from '@/lib/domain/data-type';
import type { Sql } from '@/lib/platform/sql';
import type { SampleFile } from './build-sample-file';

interface Row {
  readonly data_type: string;
  readonly file_id: string;
  readonly key: string;
  readonly body: Buffer;
}

const READ = `SELECT data_type, file_id, key, body FROM sample_file
  WHERE check_id = $1 AND written_at IS NOT NULL AND removed_at IS NULL ORDER BY data_type`;

/** The files of a check that lie in the bucket, with the bytes that were sent. */
export async function listSampleFiles(sql: Sql, checkId: string): Promise<readonly SampleFile[]> {
  const { rows } = await sql.query<Row>(READ, [checkId]);
  return rows.map((row) => ({
    dataType: dataTypeSchema.parse(row.data_type),
    fileId: row.file_id,
    key: row.key,
    body: row.body,
  }));
}
