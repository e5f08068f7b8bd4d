import type { AttemptDecision } from '@/lib/domain/delivery/decide-attempt';
import type { ReplayFileState, ReplayMode } from './view';

/** What becomes of a replay's file after a try: settled for good, or tried again after a while. */
export type ReplayOutcome =
  | {
      readonly kind: 'settled';
      readonly state: Exclude<ReplayFileState, 'pending'>;
      readonly cause: string | null;
    }
  | {
      readonly kind: 'again';
      readonly backOffMs: number;
      readonly cause: string;
      /** S3 refused without a reason. */
      readonly isDenial: boolean;
    };

/**
 * The decision of delivery as a replay takes it. `wasMissing`: an earlier look of this replay found nothing there, so
 * our own object under the key is one that this replay wrote. What would hold a lane ends one file here: a replay can
 * be started again once somebody has looked.
 */
export function decideReplayOutcome(
  decision: AttemptDecision,
  { mode, wasMissing }: { readonly mode: ReplayMode; readonly wasMissing: boolean },
): ReplayOutcome {
  switch (decision.kind) {
    case 'delivered': {
      const isWritten = decision.how === 'put' || wasMissing;
      const state = mode === 'copy' ? 'copied' : isWritten ? 'restored' : 'present';
      return { kind: 'settled', state, cause: null };
    }
    case 'conflict':
      return { kind: 'settled', state: 'conflict', cause: 'conflict' };
    case 'hold':
      return { kind: 'settled', state: 'failed', cause: decision.cause };
    case 'again': {
      const { backOffMs, cause } = decision;
      const isDenial = cause === 'access_denied' || cause === 'access_denied_unconfirmed';
      return { kind: 'again', backOffMs, cause, isDenial };
    }
  }
}
