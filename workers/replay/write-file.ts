import { objectMetadata } from '@/lib/domain/delivery/object-metadata';
import { MARK_FRESH_MS, putDeadlineMs } from '@/lib/domain/delivery/put-timing';
import type { ObjectAccess } from '@/lib/platform/object-store/object-store';
import type { ClaimedReplayFile } from '@/lib/services/replay/replay-ledger';
import { buildBody, describeFile, memoryOf } from '@/workers/delivery/build-body';
import { putAndDecide } from '@/workers/delivery/put-and-decide';
import type { PutResult } from '@/workers/delivery/settle-attempt';
import type { ReplayDeps } from './replay-deps';

/** A ledger that takes longer than a mark stays fresh, again and again, is as good as away: the lease ends by itself. */
const MARKS_MAX = 5;

/**
 * Writes a recorded file at the replay's place: the bytes its log says, the metadata it was delivered with, and never
 * over anything. Null when the PUT must not start. Throws as the log does for chunks that are gone or damaged.
 */
export async function writeFile(
  deps: ReplayDeps,
  claimed: ClaimedReplayFile,
  { access, wasMissing }: { readonly access: ObjectAccess; readonly wasMissing: boolean },
): Promise<PutResult | null> {
  const { file, failures } = claimed;
  const described = await describeFile(deps.log, file);
  // Live delivery always has the other half.
  const release = await deps.budget.acquire(memoryOf(file, described), 'half');
  try {
    const body = await buildBody(deps, file, described);
    const deadlineMs = putDeadlineMs(body.bytes.length);
    if (!(await markFreshly(deps, claimed, { deadlineMs, wasMissing }))) return null;
    return await putAndDecide(
      deps,
      { file, failuresBefore: failures },
      {
        place: { endpoint: file.endpoint, bucket: file.bucket, key: file.key },
        access,
        body: body.bytes,
        crc32: body.crc32,
        metadata: objectMetadata(file),
        deadlineMs,
      },
    );
  } finally {
    release();
  }
}

/** As before a PUT of live delivery: a mark whose own reply took so long that a pause may have come since is made anew. */
async function markFreshly(
  { replays, clock, crashPoints }: ReplayDeps,
  claimed: ClaimedReplayFile,
  { deadlineMs, wasMissing }: { readonly deadlineMs: number; readonly wasMissing: boolean },
): Promise<boolean> {
  for (let marks = 0; marks < MARKS_MAX; marks += 1) {
    crashPoints.reach('replay_before_mark');
    const atMs = clock.monotonicMs();
    const inFlightMs = deadlineMs + MARK_FRESH_MS;
    if (!(await replays.markFile(claimed, { deadlineMs: inFlightMs, wasMissing }))) return false;
    crashPoints.reach('replay_after_mark');
    if (clock.monotonicMs() - atMs < MARK_FRESH_MS) return true;
  }
  return false;
}
