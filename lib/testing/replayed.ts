import type { ReplayView } from '@/lib/domain/replay/view';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import type { Sql } from '@/lib/platform/sql';
import type { Ctx } from '@/lib/services/context';
import { readReplay } from '@/lib/services/replay/read';
import { watchRouting } from './delivery-state';
import { appendLines, numberedLines, type TestRouting, thisHourMs } from './routing';
import { waitUntil } from './wait-until';

const HOUR_MS = 3_600_000;
const DEADLINE_MS = 60_000;

/** Delivers so many files of ten lines each, one after the other; returns their keys in that order. */
export async function deliverFiles(
  parts: { readonly sql: Sql; readonly log: EventLog },
  routing: TestRouting,
  files: number,
): Promise<string[]> {
  const watch = watchRouting(parts.sql, routing);
  for (let file = 0; file < files; file += 1) {
    await appendLines(parts.log, routing.streamId, numberedLines('r', 10, file * 10), { linesPerChunk: 5 });
    await watch.untilCaughtUp(DEADLINE_MS);
  }
  const { rows } = await parts.sql.query<{ key: string }>(
    `SELECT key FROM file WHERE routing_id = $1 AND state = 'delivered' ORDER BY lo`,
    [routing.routingId],
  );
  return rows.map(({ key }) => key);
}

/** The hours in which a test that began in the last hour has delivered. */
export function theseHours(): { from: string; to: string } {
  const nowMs = thisHourMs();
  return { from: new Date(nowMs - HOUR_MS).toISOString(), to: new Date(nowMs + HOUR_MS).toISOString() };
}

/** The replay once nothing is left to do. */
export function untilReplayed(ctx: Ctx, { routingId, id }: ReplayView): Promise<ReplayView> {
  return waitUntil(
    'the replay is done',
    async () => {
      const { replay } = await readReplay({ ctx, input: { routingId, replayId: id } });
      return replay.state === 'done' && replay;
    },
    DEADLINE_MS,
  );
}

/** As if the leases of dead workers and every back-off of replays had passed. */
export async function letReplaysGoOn(sql: Sql): Promise<void> {
  await sql.query(`UPDATE replay_file SET lease_until = NULL WHERE state = 'pending'`);
  await sql.query('UPDATE replay SET not_before = NULL');
}
