import type { DataType } from '@/lib/domain/data-type';
import { AppError } from '@/lib/domain/errors';
import type { Sql } from '@/lib/platform/sql';

export interface EnsureStreamInput {
  readonly organizationId: string;
  readonly workspaceId: string;
  readonly type: DataType;
}

/**
 * The id of the workspace's stream of this type. A missing one is made, with a lane at offset 0 for every started
 * routing that carries the type. One statement; safe to call from any number of processes at once.
 */
export async function ensureStream(sql: Sql, input: EnsureStreamInput): Promise<number> {
  const { rows } = await sql.query<{ id: number }>('SELECT log.ensure_stream($1, $2, $3) AS id', [
    input.organizationId,
    input.workspaceId,
    input.type,
  ]);
  const row = rows[0];
  if (row === undefined) throw new AppError('INTERNAL', 'log.ensure_stream answered nothing');
  return row.id;
}
