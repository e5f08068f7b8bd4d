import { decideAfterHead } from '@/lib/domain/delivery/decide-attempt';
import { HEAD_DEADLINE_MS } from '@/lib/domain/delivery/put-timing';
import { decideReplayOutcome, type ReplayOutcome } from '@/lib/domain/replay/decide-outcome';
import type { ObjectAccess, ObjectHead, StoreAnswer } from '@/lib/platform/object-store/object-store';
import type { ClaimedReplayFile } from '@/lib/services/replay/replay-ledger';
import { contextOf } from '@/workers/delivery/attempt-context';
import type { ReplayDeps } from './replay-deps';

export interface Look {
  readonly answer: StoreAnswer<ObjectHead>;
  /** What the look alone decides; null when it takes a PUT to know. */
  readonly outcome: ReplayOutcome | null;
  readonly isMissing: boolean;
}

/**
 * Asks what lies under a file's key: a file that is there need not be sent to find out. Without the right to list, S3
 * refuses to say that something is missing: such a refusal decides nothing.
 */
export async function lookAtFile(
  deps: ReplayDeps,
  claimed: ClaimedReplayFile,
  access: ObjectAccess,
): Promise<Look> {
  const { file, gzipBytes, failures } = claimed;
  const { endpoint, bucket, key } = file;
  const answer = await deps.store.head({ endpoint, bucket, key }, access, HEAD_DEADLINE_MS);
  if (answer.kind === 'error' && answer.httpStatus === 404) return { answer, outcome: null, isMissing: true };
  if (answer.kind === 'error' && answer.httpStatus === 403)
    return { answer, outcome: null, isMissing: false };
  const context = contextOf(deps, { file, failuresBefore: failures });
  const decision = decideAfterHead(answer, { ...file, gzipBytes }, context);
  return { answer, outcome: decideReplayOutcome(decision, claimed), isMissing: false };
}
