import { z } from 'zod';
import { dataTypeSchema } from '@/lib/domain/data-type';
import type { HeldCutView, HeldFileView } from '@/lib/domain/delivery/held-cut-view';
import type { DbTransaction } from '@/lib/platform/db/client';

interface Row {
  readonly cut_id: number;
  readonly lane_id: number;
  readonly type: string;
  readonly generation: number;
  readonly sealed_at: Date;
  readonly held_cause: string | null;
  readonly in_flight_until: Date | null;
  readonly id: string;
  readonly endpoint: string;
  readonly bucket: string;
  readonly key: string;
  readonly hour: Date | null;
  readonly rows: number;
  readonly lo: number;
  readonly hi: number;
  readonly is_conflict: boolean;
  readonly attempts: number;
  readonly may_exist: boolean;
  readonly ended_at: Date | null;
  readonly outcome: string | null;
  readonly http_status: number | null;
  readonly code: string | null;
}

const outcomeSchema = z.enum(['done', 'refused', 'unknown']);

/**
 * The open cuts of a routing that stand still, with their undelivered files: held, failing, or not running. A cut
 * that is on its way for the first time is none of them.
 */
export async function readHeldCuts(
  db: Pick<DbTransaction, '$queryRaw'>,
  routingId: string,
): Promise<HeldCutView[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT c.id::float8 AS cut_id, l.id::float8 AS lane_id, f.type, c.generation, c.sealed_at, l.held_cause,
      delivery.in_flight_until(c.id) AS in_flight_until, f.id, f.endpoint, f.bucket, f.key, f.hour,
      f.rows::float8 AS rows, f.lo::float8 AS lo, f.hi::float8 AS hi, f.state = 'conflict' AS is_conflict,
      t.attempts::int AS attempts, t.may_exist, last.ended_at, last.outcome, last.http_status, last.code
    FROM cut c JOIN lane l ON l.id = c.lane_id
    JOIN file f ON f.cut_id = c.id AND f.generation = c.generation AND f.state IN ('sealed', 'conflict')
    CROSS JOIN LATERAL (
      SELECT count(*) AS attempts, coalesce(bool_or(a.outcome IS DISTINCT FROM 'refused'
        OR (a.http_status = 412 AND f.state <> 'conflict')), false) AS may_exist
      FROM attempt a WHERE a.file_id = f.id) t
    LEFT JOIN LATERAL (
      SELECT a.ended_at, a.outcome, a.http_status, a.code FROM attempt a
      WHERE a.file_id = f.id AND a.outcome IS NOT NULL ORDER BY a.number DESC LIMIT 1) last ON true
    WHERE c.routing_id = ${routingId}::uuid AND c.state = 'sealed'
      AND (l.held_cause IS NOT NULL OR l.failures > 0 OR NOT l.running)
    ORDER BY c.id, f.position`;
  const cuts = new Map<number, HeldCutView & { files: HeldFileView[] }>();
  for (const row of rows) {
    const cut = cuts.get(row.cut_id) ?? { ...toCut(row), files: [] };
    cut.files.push(toFile(row));
    cuts.set(row.cut_id, cut);
  }
  return [...cuts.values()];
}

function toCut(row: Row): Omit<HeldCutView, 'files'> {
  return {
    cutId: row.cut_id,
    laneId: row.lane_id,
    type: dataTypeSchema.parse(row.type),
    generation: row.generation,
    sealedAt: row.sealed_at.toISOString(),
    heldCause: row.held_cause,
    inFlightUntil: row.in_flight_until?.toISOString() ?? null,
  };
}

function toFile(row: Row): HeldFileView {
  const { id, endpoint, bucket, key, hour, rows, lo, hi, attempts } = row;
  return {
    id,
    endpoint,
    bucket,
    key,
    hour: hour?.toISOString() ?? null,
    rows,
    firstOffset: lo,
    lastOffset: hi,
    attempts,
    lastAttempt:
      row.ended_at === null
        ? null
        : {
            at: row.ended_at.toISOString(),
            outcome: outcomeSchema.parse(row.outcome),
            httpStatus: row.http_status,
            code: row.code,
          },
    mayExist: row.may_exist,
    isConflict: row.is_conflict,
  };
}
