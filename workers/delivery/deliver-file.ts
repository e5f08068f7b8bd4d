import { objectMetadata } from '@/lib/domain/delivery/object-metadata';
import { putDeadlineMs } from '@/lib/domain/delivery/put-timing';
import { ChunkCorruptError, ChunkMissingError } from '@/lib/platform/event-log/event-log';
import type { ObjectAccess } from '@/lib/platform/object-store/object-store';
import { buildBody, describeFile, type FileBody, memoryOf } from './build-body';
import { confirmLength } from './confirm-length';
import type { DeliveryDeps } from './delivery-deps';
import { giveUpUnopened } from './give-up-unopened';
import { giveUpUnsent } from './give-up-unsent';
import { givingWay } from './give-way';
import type { FileInHand } from './in-hand';
import { markBeforePut } from './mark-before-put';
import { openAccess } from './open-access';
import { proveCondition } from './prove-condition';
import { putAndDecide } from './put-and-decide';
import { setAsideCorrupt } from './set-aside-corrupt';
import { settleAttempt } from './settle-attempt';

/** Brings one sealed file into the bucket; false when the lane has been given back or held and the job is over. */
export async function deliverFile(deps: DeliveryDeps, inHand: FileInHand): Promise<boolean> {
  const opened = await openAccess(deps, inHand.file);
  if (opened.kind === 'error') return giveUpUnopened(deps, inHand, opened);
  const access = opened.value;
  const proof = await proveCondition(deps, inHand, access);
  if (proof === null) return false;
  const marked = { ...inHand, mark: proof.mark };
  try {
    return await makeAndSend(deps, marked, access);
  } catch (err) {
    if (!(err instanceof ChunkMissingError)) throw err;
    deps.logger.error(
      { err, fileId: inHand.file.fileId },
      'A chunk of a sealed file is gone; the lane is held',
    );
    return giveUpUnsent(deps, marked, 'chunk_missing');
  }
}

async function makeAndSend(deps: DeliveryDeps, inHand: FileInHand, access: ObjectAccess): Promise<boolean> {
  try {
    const described = await describeFile(deps.log, inHand.file);
    const release = await deps.budget.acquire(memoryOf(inHand.file, described), inHand.share);
    try {
      const body = await buildBody(deps, inHand.file, described);
      deps.crashPoints.reach('after_read');
      return await send(deps, inHand, { access, body });
    } finally {
      release();
    }
  } catch (err) {
    if (!(err instanceof ChunkCorruptError)) throw err;
    deps.logger.error({ err, fileId: inHand.file.fileId }, 'A file cannot be made as it was sealed');
    return setAsideCorrupt(deps, inHand, access);
  }
}

async function send(
  deps: DeliveryDeps,
  inHand: FileInHand,
  { access, body }: { access: ObjectAccess; body: FileBody },
): Promise<boolean> {
  const { file } = inHand;
  const deadlineMs = putDeadlineMs(body.bytes.length);
  const attemptId = await markAndNote(deps, inHand, { deadlineMs, gzipBytes: body.bytes.length });
  if (attemptId === null) return false;
  const place = { endpoint: file.endpoint, bucket: file.bucket, key: file.key };
  const result = await givingWay(deps, inHand, (watched) =>
    putAndDecide(deps, inHand, {
      place,
      access,
      body: body.bytes,
      crc32: body.crc32,
      metadata: objectMetadata(file),
      deadlineMs,
      ...watched,
    }),
  );
  const decision = await confirmLength(deps, file, result.decision);
  return settleAttempt(deps, inHand, { attemptId, result: { ...result, decision } });
}

/** A fresh mark that knows how long the file is, where its seal does not say it. */
async function markAndNote(
  deps: DeliveryDeps,
  inHand: FileInHand,
  { deadlineMs, gzipBytes }: { deadlineMs: number; gzipBytes: number },
): Promise<number | null> {
  const atMs = deps.clock.monotonicMs();
  const attemptId = await markBeforePut(deps, inHand, deadlineMs);
  if (attemptId === null) return null;
  inHand.marks.add(attemptId);
  if (inHand.file.kind === 'stitched') return attemptId;
  await deps.attemptLengths.note(attemptId, gzipBytes);
  // Noting may have taken longer than a mark stays fresh.
  return markBeforePut(deps, { ...inHand, mark: { attemptId, atMs: inHand.mark?.atMs ?? atMs } }, deadlineMs);
}
