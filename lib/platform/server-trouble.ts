import pg from 'pg';

/**
 * Whether Postgres could not do what it was asked, through no fault of the values: no room or memory (SQLSTATE class
 * 53), a failing disk (58), an error of its own (XX, which includes a file that may not grow), or a standby that
 * only reads (25006). Nothing was stored, and the same again may succeed.
 */
export function isServerTrouble(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /^(53|58|XX|25006)/.test(error.code ?? '');
}
