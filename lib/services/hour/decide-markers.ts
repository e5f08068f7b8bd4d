import { hourMarkers, isHourComplete } from '@/lib/domain/hour/marker';
import type { Logger } from '@/lib/platform/logger';
import type { Sql } from '@/lib/platform/sql';
import { takeTurn } from '@/lib/services/delivery/take-turn';
import { type MarkableHour, readMarkableHours } from './read-markable-hours';

const HOURS_AT_ONCE = 200;
const ROUNDS_MAX = 50;
const TURN_MS = 1_800;
const DECIDE = 'SELECT delivery.decide_hour_markers($1, $2, to_timestamp($3 / 1000.0), $4) AS decided';

/**
 * Decides the markers of hours that are complete, one worker at a time; an hour whose rows do not add up gets none.
 * Whoever decides an hour first decides it for all. Returns how many hours were decided by this call.
 */
export async function decideMarkers(sql: Sql, logger: Logger): Promise<number> {
  if (!(await takeTurn(sql, 'decide-hour-markers', TURN_MS))) return 0;
  let total = 0;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const decided = await decideOnce(sql, logger);
    if (decided === 0) break;
    total += decided;
  }
  return total;
}

/** The next hour of every routing and type. */
async function decideOnce(sql: Sql, logger: Logger): Promise<number> {
  let decided = 0;
  for (const hour of await readMarkableHours(sql, HOURS_AT_ONCE)) {
    const { routingId, type, hourMs } = hour;
    // Passed over for good: it must not keep the hours behind it, nor other routings, from theirs.
    const isWrong = hour.isKnown && !isHourComplete(hour);
    if (isWrong) logger.error({ routingId, type, hourMs }, 'An hour does not add up and gets no marker');
    const values = [routingId, type, hourMs, JSON.stringify(isWrong ? SKIPPED : rowsOf(hour))];
    const { rows } = await sql.query<{ decided: boolean }>(DECIDE, values);
    if (rows[0]?.decided === true) decided += 1;
  }
  return decided;
}

const SKIPPED = [{ endpoint: '', bucket: '', key: '', rows: 0, body: '', state: 'skipped' }];

/** Of an hour that the log does not know nobody can say that it is complete: it is passed over. */
function rowsOf(hour: MarkableHour) {
  return hour.isKnown ? hourMarkers(hour).map((marker) => ({ ...marker, state: 'pending' })) : SKIPPED;
}
