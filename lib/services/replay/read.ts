import { parseInput } from '@/lib/domain/parse-input';
import { type ReadReplayInput, readReplaySchema } from '@/lib/domain/replay/replay-input';
import { type ReplayFileView, type ReplayView, replayFileStateSchema } from '@/lib/domain/replay/view';
import type { Ctx } from '@/lib/services/context';
import { notFound, requirePermission } from '@/lib/services/guard';
import { requireRouting } from '@/lib/services/routing/require-routing';
import { readReplayViews } from './read-views';

export interface ReplayDetail {
  readonly replay: ReplayView;
  /** In the order in which they are taken up. */
  readonly files: readonly ReplayFileView[];
  readonly nextCursor: string | null;
}

interface Row {
  readonly file_id: string;
  readonly bucket: string;
  readonly key: string;
  readonly rows: number;
  readonly gzip_bytes: number;
  readonly state: string;
  readonly cause: string | null;
  readonly attempts: number;
  readonly http_status: number | null;
  readonly code: string | null;
  readonly request_id: string | null;
  readonly message: string | null;
  readonly settled_at: Date | null;
}

/** A replay with a page of its files. Throws NOT_FOUND for one the actor does not see. */
export async function readReplay(given: { ctx: Ctx; input: ReadReplayInput }): Promise<ReplayDetail> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.see');
  const {
    routingId,
    replayId,
    state = null,
    cursor = null,
    limit,
  } = parseInput(readReplaySchema, given.input);
  await requireRouting(ctx, routingId);
  const [replay] = await readReplayViews(ctx.db, { routingId, replayId, limit: 1 });
  if (replay === undefined) throw notFound('replay');
  const rows = await ctx.db.$queryRaw<Row[]>`
    SELECT x.file_id, x.bucket, x.key, f.rows::float8 AS rows, coalesce(f.gzip_bytes, 0)::float8 AS gzip_bytes, x.state,
      x.cause, x.attempts, x.http_status, x.code, x.request_id, x.message, x.settled_at
    FROM replay_file x JOIN file f ON f.id = x.file_id
    WHERE x.replay_id = ${replayId}::uuid AND (${state}::text IS NULL OR x.state = ${state})
      AND (${cursor}::uuid IS NULL OR x.position >
        (SELECT a.position FROM replay_file a WHERE a.replay_id = ${replayId}::uuid AND a.file_id = ${cursor}::uuid))
    ORDER BY x.position LIMIT ${limit + 1}`;
  const files = rows.slice(0, limit).map(toFileView);
  return { replay, files, nextCursor: rows.length > limit ? (files.at(-1)?.fileId ?? null) : null };
}

function toFileView(row: Row): ReplayFileView {
  return {
    fileId: row.file_id,
    bucket: row.bucket,
    key: row.key,
    rows: row.rows,
    gzipBytes: row.gzip_bytes,
    state: replayFileStateSchema.parse(row.state),
    cause: row.cause,
    attempts: row.attempts,
    httpStatus: row.http_status,
    code: row.code,
    requestId: row.request_id,
    message: row.message,
    settledAt: row.settled_at?.toISOString() ?? null,
  };
}
