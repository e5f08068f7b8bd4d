import type { Queues } from '@/lib/platform/queues/queues';
import type { DeliveryLedger } from '@/lib/services/delivery/delivery-ledger';
import { afterSending } from '@/workers/runtime/after-sending';
import type { CrashPoint, CrashPoints } from './crash-points';

/** The ledger, with the points at which a statement has been sent and nobody knows what became of it. */
export function crashInFlight(ledger: DeliveryLedger, points: CrashPoints): DeliveryLedger {
  const at = <T>(point: CrashPoint, sent: Promise<T>) => afterSending(sent, () => points.reach(point));
  return {
    ...ledger,
    sealCut: (request) => at('seal_sent', ledger.sealCut(request)),
    releaseCut: (request) => at('release_sent', ledger.releaseCut(request)),
    markAttempt: (mark) => at('mark_sent', ledger.markAttempt(mark)),
    finishFile: (file, object, end) => at('finish_sent', ledger.finishFile(file, object, end)),
    failFile: (failure) => at('fail_sent', ledger.failFile(failure)),
    commitCut: (cutId, figures) => at('commit_sent', ledger.commitCut(cutId, figures)),
  };
}

/** The queues, with the points around a wake-up. */
export function crashAroundWakeUps(queues: Queues, points: CrashPoints): Queues {
  return {
    ...queues,
    publish: async (definition, payloads, folding) => {
      points.reach('before_wake_up');
      await afterSending(queues.publish(definition, payloads, folding), () => points.reach('wake_up_sent'));
      points.reach('after_wake_up');
    },
  };
}
