import type { Sql } from '@/lib/platform/sql';

/** How long recompressed files were as attempts sent them: another version of zlib may pack the same lines otherwise. */
export interface AttemptLengths {
  /** Before the PUT. */
  note(attemptId: number, gzipBytes: number): Promise<void>;
  /** Whether an attempt of the file may have written an object of this length. */
  isOurs(fileId: string, gzipBytes: number): Promise<boolean>;
}

const NOTE = 'UPDATE attempt SET gzip_bytes = $2 WHERE id = $1';

// One whose length is not known may have sent any: a worker died before it noted it, or was of an earlier version.
const MATCH = `SELECT 1 FROM attempt WHERE file_id = $1
  AND (gzip_bytes = $2 OR (gzip_bytes IS NULL AND outcome IS DISTINCT FROM 'refused')) LIMIT 1`;

/** The attempts' lengths in Postgres. */
export function createAttemptLengths(sql: Sql): AttemptLengths {
  return {
    note: async (attemptId, gzipBytes) => {
      await sql.query(NOTE, [attemptId, gzipBytes]);
    },
    isOurs: async (fileId, gzipBytes) => {
      const { rows } = await sql.query(MATCH, [fileId, gzipBytes]);
      return rows.length > 0;
    },
  };
}
