import { hourMarkers, isHourComplete } from '@/lib/domain/hour/marker';
import type { Logger } from '@/lib/platform/logger';
import type { Sql } from '@/lib/platform/sql';
import { type MarkableHour, readMarkableHours } from './read-markable-hours';

const HOURS_AT_ONCE = 200;
const DECIDE = 'SELECT delivery.decide_hour_markers($1, $2, to_timestamp($3 / 1000.0), $4) AS decided';

/**
 * Decides the markers of hours that are complete; an hour whose rows do not add up gets none. Whoever decides first
 * decides for all. Returns how many hours were decided by this call.
 */
export async function decideMarkers(sql: Sql, logger: Logger): Promise<number> {
  let decided = 0;
  for (const hour of await readMarkableHours(sql, HOURS_AT_ONCE)) {
    const { routingId, type, hourMs } = hour;
    if (hour.isKnown && !isHourComplete(hour)) {
      logger.error({ routingId, type, hourMs }, 'An hour does not add up and gets no marker');
      continue;
    }
    const values = [routingId, type, hourMs, JSON.stringify(rowsOf(hour))];
    const { rows } = await sql.query<{ decided: boolean }>(DECIDE, values);
    if (rows[0]?.decided === true) decided += 1;
  }
  return decided;
}

/** Of an hour that the log does not know nobody can say that it is complete: it is passed over. */
function rowsOf(hour: MarkableHour) {
  if (hour.isKnown) return hourMarkers(hour).map((marker) => ({ ...marker, state: 'pending' }));
  return [{ endpoint: '', bucket: '', key: '', rows: 0, body: '', state: 'skipped' }];
}
