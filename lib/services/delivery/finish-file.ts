import type { SealedFile } from '@/lib/domain/delivery/sealed-file';
import type { Sql } from '@/lib/platform/sql';
import type { AttemptEnd } from './delivery-ledger';

/** Records that the file is in the bucket and how the attempt ended; true for the one who records it first. */
export async function finishFile(
  sql: Sql,
  file: SealedFile,
  done: { object: { etag: string | null; gzipBytes: number }; end: AttemptEnd },
): Promise<boolean> {
  const { object, end } = done;
  const { rows } = await sql.query<{ first: boolean }>(
    'SELECT delivery.finish_file($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AS first',
    [
      file.fileId,
      file.generation,
      object.etag,
      object.gzipBytes,
      end.attemptId,
      end.outcome,
      end.httpStatus,
      end.code,
      end.requestId,
      end.message,
    ],
  );
  return rows[0]?.first === true;
}
