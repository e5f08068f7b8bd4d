import type { ChunkMeta } from '@/lib/domain/chunk/chunk';
import { CUT_LIMITS, FILTERED_CUT_LIMITS } from '@/lib/domain/delivery/cut-limits';
import { type CutPlan, planCut } from '@/lib/domain/delivery/plan-cut';
import { putDeadlineMs } from '@/lib/domain/delivery/put-timing';
import { FIRST_GENERATION, type SealedFile } from '@/lib/domain/delivery/sealed-file';
import { ChunkCorruptError, ChunkMissingError } from '@/lib/platform/event-log/event-log';
import type { ClaimedLane, NewFile } from '@/lib/services/delivery/delivery-ledger';
import type { BudgetShare } from '@/workers/runtime/byte-budget';
import type { DeliveryDeps } from './delivery-deps';
import { filterCut } from './filter-cut';
import type { CutInHand } from './in-hand';
import { nameFile } from './name-file';

const SCAN_CHUNKS = 1_000;
/** A segment snapshot without its end is looked at again after this time. */
const INCOMPLETE_SNAPSHOT_MS = 5_000;

/** Decides and records the lane's next cut; null, with the lane given back, when there is none or someone else decides. */
export async function sealNextCut(
  deps: DeliveryDeps,
  lane: ClaimedLane,
  share: BudgetShare,
): Promise<CutInHand | null> {
  try {
    const plan = await planNextCut(deps, lane, share);
    if (plan !== null) return await seal(deps, lane, plan);
    await deps.ledger.releaseLane(lane.laneId, INCOMPLETE_SNAPSHOT_MS);
  } catch (err) {
    if (!(err instanceof ChunkMissingError || err instanceof ChunkCorruptError)) throw err;
    const cause = err instanceof ChunkMissingError ? 'chunk_missing' : 'chunk_corrupt';
    deps.logger.error({ err, laneId: lane.laneId, cause }, 'Chunks cannot be delivered; the lane is held');
    const isHeld = await deps.ledger.holdLane(lane, cause);
    if (!isHeld) {
      await deps.ledger.releaseLane(lane.laneId, 0);
      return null;
    }
    await deps.ledger.recordHealth(lane.routingId, { kind: 'blocked', cause }, deps.workerId);
  }
  return null;
}

async function planNextCut(
  deps: DeliveryDeps,
  lane: ClaimedLane,
  share: BudgetShare,
): Promise<CutPlan | null> {
  const chunks = await scanForCut(deps, lane);
  if (lane.eventNames.length === 0) return planCut(chunks, lane.type, CUT_LIMITS);
  const plan = planCut(chunks, lane.type, FILTERED_CUT_LIMITS);
  return plan === null ? null : filterCut(deps, { lane, share }, plan);
}

async function scanForCut(deps: DeliveryDeps, lane: ClaimedLane): Promise<ChunkMeta[]> {
  const chunks: ChunkMeta[] = [];
  let bodyBytes = 0;
  while (chunks.length <= CUT_LIMITS.chunksMax && bodyBytes <= CUT_LIMITS.bodyBytesMax) {
    const from = lane.next + chunks.length;
    const limit = Math.min(SCAN_CHUNKS, (lane.endOffset ?? Number.POSITIVE_INFINITY) - from);
    const page = limit > 0 ? await deps.log.scan(lane.streamId, from, limit) : [];
    chunks.push(...page);
    for (const chunk of page) bodyBytes += chunk.bodyBytes;
    if (page.length < SCAN_CHUNKS) break;
  }
  return chunks;
}

async function seal(deps: DeliveryDeps, lane: ClaimedLane, plan: CutPlan): Promise<CutInHand | null> {
  const sealedAtMs = deps.clock.nowMs();
  const named = { lane, generation: FIRST_GENERATION, sealedAtMs };
  const files = plan.files.map((file) => ({ ...file, ...nameFile(deps, named, file) }));
  deps.crashPoints.reach('before_seal');
  const atMs = deps.clock.monotonicMs();
  const sealed = await deps.ledger.sealCut({
    lane,
    lo: plan.lo,
    hi: plan.hi,
    reason: reasonOf(plan, lane),
    rows: plan.rows,
    rawBytes: plan.rawBytes,
    bodyBytes: plan.bodyBytes,
    sealedAtMs,
    files,
    setAside: plan.setAside,
    workerId: deps.workerId,
    deadlineMs: putDeadlineMs(files[0]?.bodyBytes ?? 0),
  });
  deps.crashPoints.reach('after_seal');
  if (sealed === null) {
    await deps.ledger.releaseLane(lane.laneId, 0);
    return null;
  }
  const leftOut = plan.setAside.flatMap(({ offsets }) => offsets);
  return {
    cutId: sealed.cutId,
    hasMore: plan.end !== 'head',
    files: files.map((file, position) => ({
      file: toSealedFile(lane, file, leftOut),
      mark: position === 0 && sealed.attemptId !== null ? { attemptId: sealed.attemptId, atMs } : null,
    })),
  };
}

function toSealedFile(lane: ClaimedLane, file: NewFile, leftOut: readonly number[]): SealedFile {
  const { routingId, streamId, endpoint, bucket, type, eventNames } = lane;
  const { fileId, generation, key, hourMs, lo, hi, kind, rows, rawBytes, crcRaw } = file;
  const place = { endpoint, bucket, key, type, hourMs, lo, hi };
  const noDenials = { denials: 0, firstDenialAgoMs: 0 };
  return {
    fileId,
    routingId,
    streamId,
    generation,
    ...place,
    leftOut,
    eventNames,
    kind,
    rows,
    rawBytes,
    crcRaw,
    ...noDenials,
  };
}

function reasonOf(plan: CutPlan, lane: ClaimedLane): string {
  if (plan.end !== 'head') return plan.end;
  return lane.isDueByAge ? 'age' : 'head';
}
