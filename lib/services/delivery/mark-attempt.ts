import type { SealedFile } from '@/lib/domain/delivery/sealed-file';
import type { Sql } from '@/lib/platform/sql';

/**
 * Marks that a PUT is about to start; `attemptId` marks an open attempt again. Null when it must not start: the file
 * is no longer sealed, has another generation, or its routing does not run.
 */
export async function markAttempt(
  sql: Sql,
  mark: { file: SealedFile; workerId: string; deadlineMs: number; attemptId: number | null },
): Promise<number | null> {
  const { rows } = await sql.query<{ id: number | null }>(
    'SELECT delivery.mark_attempt($1, $2, $3, $4, $5) AS id',
    [mark.file.fileId, mark.file.generation, mark.workerId, mark.deadlineMs, mark.attemptId],
  );
  return rows[0]?.id ?? null;
}
