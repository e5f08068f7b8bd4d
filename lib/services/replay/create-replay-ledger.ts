import type { Sql } from '@/lib/platform/sql';
import { backOff } from './back-off';
import { claimFile } from './claim-file';
import { finishReplay } from './finish-replay';
import { listDue } from './list-due';
import { markFile } from './mark-file';
import type { ReplayLedger } from './replay-ledger';
import { settleFile } from './settle-file';

/** The replays in Postgres. */
export function createReplayLedger(sql: Sql): ReplayLedger {
  return {
    listDue: (limit) => listDue(sql, limit),
    claimFile: (replayId, leaseMs) => claimFile(sql, replayId, leaseMs),
    renewLease: async ({ replayId, sourceId }, leaseMs) => {
      await sql.query(
        `UPDATE replay_file SET lease_until = clock_timestamp() + $3 * interval '1 ms'
         WHERE replay_id = $1 AND file_id = $2 AND state = 'pending'`,
        [replayId, sourceId, leaseMs],
      );
    },
    markFile: (file, mark) => markFile(sql, file, mark),
    settleFile: (file, state, end) => settleFile(sql, file, { state, end }),
    backOff: (file, wait, answer) => backOff(sql, file, { wait, answer }),
    finishReplay: (replayId) => finishReplay(sql, replayId),
  };
}
