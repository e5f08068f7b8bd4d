import pg from 'pg';

/** Whether Postgres refused the values themselves (SQLSTATE classes 22 and 23): the same again would fail for ever. */
export function isRefusedValue(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? '');
}
