import { backOffMs } from '@/lib/domain/delivery/back-off';
import { waitFor } from '@/lib/domain/delivery/wait-for';
import { decideReplayOutcome, type ReplayOutcome } from '@/lib/domain/replay/decide-outcome';
import { ChunkCorruptError, ChunkMissingError } from '@/lib/platform/event-log/event-log';
import type { ObjectAccess, StoreAnswer } from '@/lib/platform/object-store/object-store';
import type { ClaimedReplayFile, ReplayAnswer } from '@/lib/services/replay/replay-ledger';
import { openAccess } from '@/workers/delivery/open-access';
import { type Look, lookAtFile } from './look-at-file';
import type { ReplayDeps } from './replay-deps';
import { writeFile } from './write-file';

const NOT_ASKED: ReplayAnswer = { httpStatus: null, code: null, requestId: null, message: null };

/** Does what the replay wants of one file and records it; false when the replay has to wait or must stand still. */
export async function replayFile(deps: ReplayDeps, claimed: ClaimedReplayFile): Promise<boolean> {
  const opened = await openAccess(deps, claimed.file);
  if (opened.kind === 'error') {
    const { cause, pace } = waitFor(opened);
    const wait = backOffMs(pace, claimed.failures, deps.random());
    const outcome = { kind: 'again', backOffMs: wait, cause, isDenial: false } as const;
    return record(deps, claimed, { outcome, answer: toAnswer(opened) });
  }
  const access = opened.value;
  const tried =
    claimed.mode === 'copy' ? await write(deps, claimed, access, null) : await fill(deps, claimed, access);
  return tried === null ? false : record(deps, claimed, tried);
}

interface Tried {
  readonly outcome: ReplayOutcome;
  readonly answer: ReplayAnswer;
}

async function fill(
  deps: ReplayDeps,
  claimed: ClaimedReplayFile,
  access: ObjectAccess,
): Promise<Tried | null> {
  const look = await lookAtFile(deps, claimed, access);
  deps.crashPoints.reach('replay_after_look');
  const answer = toAnswer(look.answer);
  if (look.outcome !== null) return { outcome: look.outcome, answer };
  if (!claimed.isKept && look.isMissing) return { outcome: settled('not_kept', 'chunk_missing'), answer };
  if (claimed.mode === 'fill') return write(deps, claimed, access, look);
  return { outcome: look.isMissing ? settled('missing', null) : settled('failed', 'look_refused'), answer };
}

async function write(
  deps: ReplayDeps,
  claimed: ClaimedReplayFile,
  access: ObjectAccess,
  look: Look | null,
): Promise<Tried | null> {
  const wasMissing = claimed.wasMissing || look?.isMissing === true;
  try {
    const result = await writeFile(deps, claimed, { access, wasMissing });
    if (result === null) return null;
    // What is found after a look that found nothing was written by another worker of this replay, or by delivery's zombie.
    return {
      outcome: decideReplayOutcome(result.decision, { mode: claimed.mode, wasMissing }),
      answer: toAnswer(result.answer),
    };
  } catch (err) {
    if (!(err instanceof ChunkCorruptError || err instanceof ChunkMissingError)) throw err;
    const isGone = err instanceof ChunkMissingError || !claimed.isKept;
    const { replayId, sourceId } = claimed;
    deps.logger.warn({ err, replayId, fileId: sourceId }, 'A file cannot be made again from the log');
    return {
      outcome: isGone ? settled('not_kept', 'chunk_missing') : settled('failed', 'chunk_corrupt'),
      answer: look === null ? NOT_ASKED : toAnswer(look.answer),
    };
  }
}

function settled(
  state: Extract<ReplayOutcome, { kind: 'settled' }>['state'],
  cause: string | null,
): ReplayOutcome {
  return { kind: 'settled', state, cause };
}

async function record(
  deps: ReplayDeps,
  claimed: ClaimedReplayFile,
  { outcome, answer }: Tried,
): Promise<boolean> {
  const { replayId, sourceId, mode, file } = claimed;
  const fields = {
    replayId,
    fileId: sourceId,
    mode,
    routingId: file.routingId,
    key: file.key,
    outcome,
    answer,
  };
  if (outcome.kind === 'again') {
    await deps.replays.backOff(claimed, outcome, answer);
    deps.logger.warn(fields, 'A replay has to wait');
    return false;
  }
  deps.crashPoints.reach('replay_before_settle');
  await deps.replays.settleFile(claimed, outcome.state, { ...answer, cause: outcome.cause });
  deps.crashPoints.reach('replay_after_settle');
  deps.logger.info(fields, 'Replayed a file');
  return true;
}

function toAnswer(answer: StoreAnswer<unknown>): ReplayAnswer {
  const { httpStatus, requestId } = answer;
  const said = answer.kind === 'error' ? { code: answer.code, message: answer.message } : null;
  return { httpStatus, requestId, code: said?.code ?? null, message: said?.message ?? null };
}
