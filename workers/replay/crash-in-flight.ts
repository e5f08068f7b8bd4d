import type { ReplayLedger } from '@/lib/services/replay/replay-ledger';
import type { CrashPoints } from '@/workers/delivery/crash-points';
import { afterSending } from '@/workers/runtime/after-sending';

/** The replays' ledger, with the points at which a statement has been sent and nobody knows what became of it. */
export function crashReplaysInFlight(replays: ReplayLedger, { reach }: CrashPoints): ReplayLedger {
  return {
    ...replays,
    markFile: (file, mark) => afterSending(replays.markFile(file, mark), () => reach('replay_mark_sent')),
    settleFile: (file, state, end) =>
      afterSending(replays.settleFile(file, state, end), () => reach('replay_settle_sent')),
    backOff: (file, wait, answer) =>
      afterSending(replays.backOff(file, wait, answer), () => reach('replay_back_off_sent')),
    finishReplay: (replayId) =>
      afterSending(replays.finishReplay(replayId), () => reach('replay_finish_sent')),
  };
}
