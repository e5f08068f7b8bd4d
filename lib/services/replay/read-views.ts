import { z } from 'zod';
import { dataTypeSchema } from '@/lib/domain/data-type';
import {
  type ReplayCounts,
  type ReplayView,
  replayFileStateSchema,
  replayModeSchema,
  replayStateSchema,
} from '@/lib/domain/replay/view';
import type { DbTransaction } from '@/lib/platform/db/client';
import { readActorNames } from '@/lib/services/routing/read-actor-names';

interface ReplayFilter {
  readonly routingId: string;
  readonly replayId?: string | undefined;
  /** Only those that started before this one. */
  readonly afterId?: string | undefined;
  readonly limit: number;
}

interface Row {
  readonly id: string;
  readonly routing_id: string;
  readonly mode: string;
  readonly types: string[];
  readonly from_hour: Date;
  readonly to_hour: Date;
  readonly bucket: string | null;
  readonly prefix: string | null;
  readonly reason: string | null;
  readonly actor: string;
  readonly state: string;
  readonly is_paused: boolean;
  readonly held_cause: string | null;
  readonly not_before: Date | null;
  readonly pending_files: number;
  readonly pending_rows: number;
  readonly set_aside_rows: number;
  readonly gap_rows: number;
  readonly started_at: Date;
  readonly ended_at: Date | null;
  readonly files: number;
  readonly rows: number;
  readonly gzip_bytes: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** Replays of one routing, newest first, with how far they are. The caller has looked whether it may be seen. */
export async function readReplayViews(db: DbTransaction, filter: ReplayFilter): Promise<ReplayView[]> {
  const { routingId, limit } = filter;
  const replayId = filter.replayId ?? null;
  const afterId = filter.afterId ?? null;
  const rows = await db.$queryRaw<Row[]>`
    SELECT p.id, p.routing_id, p.mode, p.types, p.from_hour, p.to_hour, p.bucket, p.prefix, p.reason, p.actor, p.state,
      NOT log.is_running(r.intent, r.lifecycle) AS is_paused,
      CASE WHEN p.state = 'running' THEN p.held_cause END AS held_cause,
      CASE WHEN p.state = 'running' AND p.held_cause IS NOT NULL THEN p.not_before END AS not_before,
      p.pending_files, p.pending_rows::float8, p.set_aside_rows::float8, p.gap_rows::float8, p.started_at, p.ended_at,
      p.files, p.rows::float8 AS rows, p.gzip_bytes::float8 AS gzip_bytes, coalesce(c.counts, '{}') AS counts
    FROM replay p JOIN routing r ON r.id = p.routing_id
    LEFT JOIN LATERAL (
      SELECT json_object_agg(s.state, s.files) AS counts
      FROM (SELECT x.state, count(*) AS files FROM replay_file x WHERE x.replay_id = p.id GROUP BY x.state) s
    ) c ON true
    WHERE p.routing_id = ${routingId}::uuid AND (${replayId}::uuid IS NULL OR p.id = ${replayId}::uuid)
      AND (${afterId}::uuid IS NULL OR (p.started_at, p.id) <
        (SELECT a.started_at, a.id FROM replay a WHERE a.id = ${afterId}::uuid))
    ORDER BY p.started_at DESC, p.id DESC LIMIT ${limit}`;
  const names = await readActorNames(
    db,
    rows.map((row) => row.actor),
  );
  return rows.map((row) => toReplayView(row, names));
}

function toReplayView(row: Row, names: ReadonlyMap<string, string>): ReplayView {
  const { bucket, prefix } = row;
  return {
    id: row.id,
    routingId: row.routing_id,
    mode: replayModeSchema.parse(row.mode),
    types: z.array(dataTypeSchema).parse(row.types),
    from: row.from_hour.toISOString(),
    to: row.to_hour.toISOString(),
    place: bucket === null || prefix === null ? null : { bucket, prefix },
    reason: row.reason,
    startedBy: names.get(row.actor) ?? row.actor,
    state: replayStateSchema.parse(row.state),
    isPaused: row.is_paused,
    heldCause: row.held_cause,
    notBefore: row.not_before?.toISOString() ?? null,
    files: row.files,
    rows: row.rows,
    gzipBytes: row.gzip_bytes,
    counts: toCounts(row.counts),
    leftAlone: {
      pendingFiles: row.pending_files,
      pendingRows: row.pending_rows,
      setAsideRows: row.set_aside_rows,
      gapRows: row.gap_rows,
    },
    startedAt: row.started_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

const NONE: ReplayCounts = {
  pending: 0,
  present: 0,
  missing: 0,
  restored: 0,
  copied: 0,
  conflict: 0,
  failed: 0,
  not_kept: 0,
};

function toCounts(found: Readonly<Record<string, number>>): ReplayCounts {
  const known = Object.entries(found).map(([state, files]) => [replayFileStateSchema.parse(state), files]);
  return { ...NONE, ...Object.fromEntries(known) };
}
