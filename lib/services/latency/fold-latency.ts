import { inTransaction, type Sql, type SqlClient } from '@/lib/platform/sql';
import { foldCoarser, foldMinutes } from './fold-rollups';

/** Bounds of one round; what is left is due in the next. */
const ROUTINGS_MAX = 500;
const DUE_MAX = 500;

// Whoever has waited longest is first: with more routings than a round takes, in any fixed order some would never be.
const UNFOLDED = `SELECT routing_id FROM cut_latency WHERE NOT folded
  GROUP BY routing_id ORDER BY min(committed_at) LIMIT $1`;

const DUE = `SELECT routing_id, grain, at FROM latency_due WHERE due_at <= clock_timestamp()
  ORDER BY due_at LIMIT $1`;

// Somebody else who folds the same routing does this work too.
const LOCK = `SELECT pg_try_advisory_xact_lock(hashtext('sluice.latency'), hashtext($1)) AS mine`;

// What does not exist yet is made at once; what exists is read through its finer rows until it is due.
const MARK = `WITH marked AS (UPDATE cut_latency SET folded = true WHERE cut_id = ANY($3))
  INSERT INTO latency_due (routing_id, grain, at, due_at)
  SELECT DISTINCT ON (g.grain, t.at) $1::uuid, g.grain, t.at,
    clock_timestamp() + CASE WHEN r.at IS NULL THEN interval '0' ELSE g.delay END
  FROM unnest($2::timestamptz[]) AS m (at)
  CROSS JOIN (VALUES ('hour', interval '2 minutes'), ('day', interval '1 hour')) AS g (grain, delay)
  CROSS JOIN LATERAL (SELECT date_trunc(g.grain, m.at, 'UTC') AS at) t
  LEFT JOIN latency_rollup r ON r.routing_id = $1 AND r.grain = g.grain AND r.at = t.at
  ON CONFLICT DO NOTHING`;

const TAKE_DUE = 'DELETE FROM latency_due WHERE routing_id = $1 AND grain = $2 AND at = $3 RETURNING at';

const TAKE_DUE_HOURS = `DELETE FROM latency_due WHERE routing_id = $1 AND grain = 'hour'
  AND at >= $2::timestamptz AND at < $2::timestamptz + interval '1 day' RETURNING at`;

interface DueRow {
  readonly routing_id: string;
  readonly grain: 'hour' | 'day';
  readonly at: Date;
}

/** A routing that could not be folded in this round; the next one tries again. */
interface FoldFailure {
  readonly routingId: string;
  readonly error: unknown;
}

/**
 * Folds new cuts into their minutes, and the hours and days that are due from their minutes and hours. Each routing is
 * one transaction under a lock of its own: whatever is folded again, or by two at once, comes out the same, and one
 * that cannot be folded keeps no other from it. Returns the failures.
 */
export async function foldLatency(
  sql: Sql,
  { routingsMax = ROUTINGS_MAX }: { routingsMax?: number } = {},
): Promise<FoldFailure[]> {
  const failures: FoldFailure[] = [];
  const fold = async (routingId: string, run: (client: SqlClient) => Promise<void>) => {
    try {
      await underLock(sql, routingId, run);
    } catch (error) {
      failures.push({ routingId, error });
    }
  };
  const unfolded = await sql.query<{ routing_id: string }>(UNFOLDED, [routingsMax]);
  for (const { routing_id } of unfolded.rows) {
    await fold(routing_id, (client) => foldNewCuts(client, routing_id));
  }
  const due = await sql.query<DueRow>(DUE, [DUE_MAX]);
  for (const row of due.rows) await fold(row.routing_id, (client) => foldDue(client, row));
  return failures;
}

async function underLock(
  sql: Sql,
  routingId: string,
  run: (client: SqlClient) => Promise<void>,
): Promise<void> {
  await inTransaction(sql, async (client) => {
    const { rows } = await client.query<{ mine: boolean }>(LOCK, [routingId]);
    if (rows[0]?.mine === true) await run(client);
  });
}

async function foldNewCuts(client: SqlClient, routingId: string): Promise<void> {
  const { minutes, newCutIds } = await foldMinutes(client, routingId);
  if (minutes.length > 0) await client.query(MARK, [routingId, minutes, newCutIds]);
}

async function foldDue(client: SqlClient, { routing_id, grain, at }: DueRow): Promise<void> {
  const taken = await client.query(TAKE_DUE, [routing_id, grain, at]);
  if (taken.rows.length === 0) return;
  if (grain === 'day') {
    const hours = await client.query<{ at: Date }>(TAKE_DUE_HOURS, [routing_id, at]);
    for (const hour of hours.rows) await foldCoarser(client, routing_id, { grain: 'hour', at: hour.at });
  }
  await foldCoarser(client, routing_id, { grain, at });
}
