import { judgeWatch, type WatchFacts, type WatchVerdict } from '@/lib/domain/delivery/judge-watch';
import { lateCause } from '@/lib/domain/delivery/late-cause';
import { healthSchema, lifecycleSchema } from '@/lib/domain/routing/state';
import type { Sql } from '@/lib/platform/sql';
import { LOOK, type LookRow } from './look-at-health';
import { type StateChange, writeRoutingStates } from './write-routing-state';

/** Rows that one statement changes at most. */
const ROWS_PER_STATEMENT = 500;

const KEEP_TRACK = `WITH seen AS (
    SELECT * FROM unnest($1::uuid[], $2::boolean[], $3::int[]) AS s (id, is_over, clean_looks)),
  locked AS (SELECT r.id FROM routing r JOIN seen s ON s.id = r.id ORDER BY r.id FOR NO KEY UPDATE OF r)
  UPDATE routing r SET clean_looks = s.clean_looks,
    over_promise_since = CASE WHEN s.is_over THEN coalesce(r.over_promise_since, clock_timestamp()) END
  FROM seen s JOIN locked ON locked.id = s.id WHERE r.id = s.id`;

const LOOKED = `INSERT INTO delivery.turn (name, taken_at) VALUES ('health-watched', clock_timestamp())
  ON CONFLICT (name) DO UPDATE SET taken_at = excluded.taken_at`;

interface Look {
  readonly row: LookRow;
  readonly facts: WatchFacts;
  readonly verdict: WatchVerdict;
}

/**
 * One look at how fresh every active routing is: late and idle begin and end here, by the clock of the database.
 * Reads in one statement, writes only what changes, in bounded statements; at its end it notes that it has looked,
 * without which nobody paints a routing green.
 */
export async function watchHealth(sql: Sql, workerId: string): Promise<void> {
  const { rows } = await sql.query<LookRow>(LOOK);
  const looks = rows.map(judge);
  await keepTrack(sql, looks.filter(isTrackNew));
  await writeRoutingStates(sql, looks.filter(isHealthNew).map(toChange), workerId);
  await sql.query(LOOKED);
}

function judge(row: LookRow): Look {
  const facts: WatchFacts = {
    isActive: row.lifecycle === 'active',
    health: healthSchema.parse(row.health),
    cause: row.health_cause,
    isOverPromise: row.is_over,
    overPromiseForMs: row.over_for_ms,
    cleanLooks: row.clean_looks,
    hasPending: row.has_pending,
    isQuiet: row.is_quiet,
    isHeld: row.is_held,
    isFailing: row.is_failing,
    tries: { failed: row.failed, ended: row.ended },
    lateCause: lateCause(toFault(row), row.is_failing),
  };
  return { row, facts, verdict: judgeWatch(facts) };
}

function toFault({ fault_code: code, fault_status: httpStatus, fault_tries: tries }: LookRow) {
  return code === null || tries === null ? null : { code, httpStatus, tries };
}

function isTrackNew({ facts, verdict }: Look): boolean {
  const wasOver = facts.overPromiseForMs !== null;
  return wasOver !== verdict.isOverPromise || facts.cleanLooks !== verdict.cleanLooks;
}

function isHealthNew({ facts, verdict }: Look): boolean {
  return facts.health !== verdict.health || facts.cause !== verdict.cause;
}

async function keepTrack(sql: Sql, looks: readonly Look[]): Promise<void> {
  for (let at = 0; at < looks.length; at += ROWS_PER_STATEMENT) {
    const batch = looks.slice(at, at + ROWS_PER_STATEMENT);
    await sql.query(KEEP_TRACK, [
      batch.map(({ row }) => row.id),
      batch.map(({ verdict }) => verdict.isOverPromise),
      batch.map(({ verdict }) => verdict.cleanLooks),
    ]);
  }
}

function toChange({ row, facts, verdict }: Look): StateChange {
  const lifecycle = lifecycleSchema.parse(row.lifecycle);
  return {
    routingId: row.id,
    from: { lifecycle, health: facts.health, cause: facts.cause },
    to: { lifecycle, health: verdict.health, cause: verdict.cause },
    cause: `watch.${verdict.health}`,
  };
}
