import type { Sql } from '@/lib/platform/sql';

/** Screens tell of seven days; the rest is for whoever looks into a complaint. */
const KEPT_DAYS = 30;

/** Deletes counts of refused events once their hour is 30 days old. Returns how many. */
export async function forgetRejectedEvents(sql: Sql): Promise<number> {
  const { rowCount } = await sql.query(
    'DELETE FROM rejected_events WHERE hour < now() - make_interval(days => $1)',
    [KEPT_DAYS],
  );
  return rowCount ?? 0;
}
