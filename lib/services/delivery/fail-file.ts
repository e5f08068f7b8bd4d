import type { Sql } from '@/lib/platform/sql';
import type { FileFailure } from './delivery-ledger';

/** Ends the attempt and sends the file's lane into back-off, or holds it. The cut stays open as it was sealed. */
export async function failFile(sql: Sql, failure: FileFailure): Promise<void> {
  const { file, end } = failure;
  await sql.query('SELECT delivery.fail_file($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)', [
    file.fileId,
    file.generation,
    failure.isConflict,
    failure.backOffMs,
    failure.heldCause,
    end?.attemptId ?? null,
    end?.outcome ?? null,
    end?.httpStatus ?? null,
    end?.code ?? null,
    end?.requestId ?? null,
    end?.message ?? null,
  ]);
}
