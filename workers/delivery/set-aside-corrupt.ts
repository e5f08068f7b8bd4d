import type { ChunkMeta } from '@/lib/domain/chunk/chunk';
import { describeGzipFile } from '@/lib/domain/chunk/gzip-file';
import { isSurelyUnwritten } from '@/lib/domain/delivery/decide-release';
import { corruptByHour } from '@/lib/domain/delivery/filter-plan';
import { prefixOfKey } from '@/lib/domain/delivery/object-key';
import { type PlannedFile, planFile } from '@/lib/domain/delivery/plan-cut';
import type { OpenFile, SealedCut, SealedFile } from '@/lib/domain/delivery/sealed-file';
import type { ObjectAccess } from '@/lib/platform/object-store/object-store';
import type { NewFile } from '@/lib/services/delivery/delivery-ledger';
import { isAsSealed } from './build-body';
import { readingBytes, runsOf, scanOwnChunks } from './chunks-of-file';
import type { DeliveryDeps } from './delivery-deps';
import { findCorrupt } from './find-corrupt';
import { endUnsent, giveUpUnsent, tryUnreadableAgain } from './give-up-unsent';
import type { FileInHand } from './in-hand';
import { lookForOwn } from './look-for-own';
import { measureLines } from './measure-lines';
import { nameFile } from './name-file';

/** A file that cannot be made any more, with those of its chunks that are to blame. */
interface Broken {
  readonly cut: SealedCut;
  readonly file: OpenFile;
  readonly chunks: readonly ChunkMeta[];
  readonly corrupt: readonly ChunkMeta[];
}

/**
 * A sealed file turned out to hold bytes that are no longer what was collected. Finds out which chunks, and seals what is
 * left of the cut anew without them. Holds the lane when nobody can say that this loses or doubles nothing: when chunks
 * differ from the seal by their metadata, or when an attempt may have written the file and HEAD finds nothing. True when
 * the file turned out to be in the bucket already; otherwise the job is over. Throws `ChunkMissingError` for a hole.
 */
export async function setAsideCorrupt(
  deps: DeliveryDeps,
  inHand: FileInHand,
  access: ObjectAccess,
): Promise<boolean> {
  const { log, ledger } = deps;
  await endUnsent(deps, inHand, 'chunk_corrupt');
  const chunks = await scanOwnChunks(log, inHand.file);
  const described = describeGzipFile(chunks);
  if (!isAsSealed(inHand.file, chunks, described)) return giveUpUnsent(deps, inHand, 'chunk_corrupt');
  const corrupt = await findIn(deps, inHand, chunks);
  if (corrupt.length === 0) return tryUnreadableAgain(deps, inHand);
  const cut = await ledger.readOpenCut(inHand.laneId);
  const file = cut?.openFiles.find(({ fileId }) => fileId === inHand.file.fileId);
  if (cut === null || file === undefined) return giveBack(deps, inHand);
  const isUnwritten = isSurelyUnwritten(file);
  if (!isUnwritten) {
    const look = await lookForOwn(deps, inHand, { access, gzipBytes: described.gzipBytes });
    if (look.kind === 'settled') return look.isDelivered;
  }
  if (await reseal(deps, inHand, { cut, file, chunks, corrupt })) {
    await giveBack(deps, inHand);
    await deps.wakeUp({ laneId: inHand.laneId, epoch: inHand.epoch }, inHand.share);
    return false;
  }
  return isUnwritten ? giveBack(deps, inHand) : giveUpUnsent(deps, inHand, 'chunk_corrupt');
}

async function findIn(
  deps: DeliveryDeps,
  { file, share }: FileInHand,
  chunks: readonly ChunkMeta[],
): Promise<ChunkMeta[]> {
  const release = await deps.budget.acquire(readingBytes(describeGzipFile(chunks)), share);
  try {
    return await findCorrupt(deps, chunks, file.eventNames);
  } finally {
    release();
  }
}

async function giveBack(deps: DeliveryDeps, { laneId }: FileInHand): Promise<false> {
  await deps.ledger.releaseLane(laneId, 0);
  return false;
}

async function reseal(deps: DeliveryDeps, inHand: FileInHand, broken: Broken): Promise<boolean> {
  const { cut, file } = broken;
  // A snapshot without some of its lines would pass for a whole one: it is set aside altogether.
  const isSnapshot = file.hourMs === null;
  const setAside = isSnapshot ? broken.chunks : broken.corrupt;
  const left = broken.chunks.filter((chunk) => !setAside.includes(chunk));
  const isResealed = await deps.ledger.resealCut({
    lane: inHand,
    cut,
    fromId: file.fileId,
    file: nameNext(deps, file, await planNext(deps, inHand, left)),
    setAside: corruptByHour(setAside),
    workerId: deps.workerId,
  });
  deps.logger.error(
    {
      laneId: inHand.laneId,
      cutId: cut.cutId,
      fileId: file.fileId,
      offsets: setAside.map(({ offset }) => offset).slice(0, 100),
      isResealed,
    },
    'Stored chunks are not what was collected; they are set aside',
  );
  return isResealed;
}

async function planNext(
  deps: DeliveryDeps,
  { file, share }: FileInHand,
  left: readonly ChunkMeta[],
): Promise<PlannedFile | null> {
  const planned = planFile(file.hourMs, left);
  if (planned === null || file.eventNames.length === 0) return planned;
  const release = await deps.budget.acquire(readingBytes(planned), share);
  try {
    const { streamId, eventNames } = file;
    const kept = await measureLines(deps, { streamId, eventNames, runs: runsOf(left) });
    return kept === null ? null : { ...planned, ...kept, kind: 'recompressed' };
  } finally {
    release();
  }
}

/** The file stays where its cut pins it, also when the routing delivers elsewhere by now. */
function nameNext(deps: DeliveryDeps, file: SealedFile, planned: PlannedFile | null): NewFile | null {
  if (planned === null) return null;
  const lane = { ...file, prefix: prefixOfKey(file.key, file) };
  const named = { lane, generation: file.generation + 1, sealedAtMs: deps.clock.nowMs() };
  return { ...planned, ...nameFile(deps, named, planned) };
}
