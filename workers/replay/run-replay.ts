import { backOffMs } from '@/lib/domain/delivery/back-off';
import type { RunReplay } from '@/lib/domain/jobs/run-replay';
import type { ClaimedReplayFile } from '@/lib/services/replay/replay-ledger';
import { LEASE_MS, renewWhile } from '@/workers/delivery/keep-lease';
import type { ReplayDeps } from './replay-deps';
import { replayFile } from './replay-file';

/** After so much work the slot is free for another routing's replay. */
const FILES_PER_JOB = 20;
const JOB_MS = 10_000;

/**
 * What a worker does with a wake-up: file after file of one replay for a while. True when there may be more to do.
 * Killed anywhere, it leaves a file whose lease ends; whoever takes it over meets what was written as its own.
 */
export async function runReplay(
  deps: ReplayDeps,
  { replayId }: RunReplay,
  signal: AbortSignal,
): Promise<boolean> {
  const endsAtMs = deps.clock.monotonicMs() + JOB_MS;
  for (let files = 0; files < FILES_PER_JOB && deps.clock.monotonicMs() < endsAtMs; files += 1) {
    if (signal.aborted) return false;
    const claimed = await deps.replays.claimFile(replayId, LEASE_MS);
    if (claimed === null) {
      if (await deps.replays.finishReplay(replayId)) deps.logger.info({ replayId }, 'A replay is done');
      deps.crashPoints.reach('replay_after_finish');
      return false;
    }
    deps.crashPoints.reach('replay_after_claim');
    if (!(await doFile(deps, claimed))) return false;
  }
  return true;
}

async function doFile(deps: ReplayDeps, claimed: ClaimedReplayFile): Promise<boolean> {
  const renew = () => deps.replays.renewLease(claimed, LEASE_MS);
  try {
    return await renewWhile(deps, renew, () => replayFile(deps, claimed));
  } catch (err) {
    const { replayId, sourceId } = claimed;
    deps.logger.error({ err, replayId, fileId: sourceId }, 'Replaying a file broke off');
    const wait = backOffMs('quick', claimed.failures, deps.random());
    const nothing = { httpStatus: null, code: null, requestId: null, message: null };
    await deps.replays.backOff(claimed, { cause: 'internal', backOffMs: wait, isDenial: false }, nothing);
    return false;
  }
}
