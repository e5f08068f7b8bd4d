import { type AttemptContext, decideAfterHead, decideAfterPut } from '@/lib/domain/delivery/decide-attempt';
import { objectMetadata } from '@/lib/domain/delivery/object-metadata';
import { HEAD_DEADLINE_MS, putDeadlineMs } from '@/lib/domain/delivery/put-timing';
import { ChunkCorruptError, ChunkMissingError } from '@/lib/platform/event-log/event-log';
import type { ObjectAccess, PutRequest } from '@/lib/platform/object-store/object-store';
import { buildBody, describeFile, type FileBody, memoryOf } from './build-body';
import type { DeliveryDeps } from './delivery-deps';
import { giveUpUnsent } from './give-up-unsent';
import type { FileInHand } from './in-hand';
import { markBeforePut } from './mark-before-put';
import { openAccess } from './open-access';
import { type PutResult, settleAttempt } from './settle-attempt';

/** Brings one sealed file into the bucket; false when the lane has been given back or held and the job is over. */
export async function deliverFile(deps: DeliveryDeps, inHand: FileInHand): Promise<boolean> {
  const access = await openAccess(deps, inHand.file);
  if (access === null) return giveUpUnsent(deps, inHand, 'credential_unreadable');
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
    if (!(err instanceof ChunkCorruptError || err instanceof ChunkMissingError)) throw err;
    deps.logger.error(
      { err, fileId: inHand.file.fileId },
      'A file does not match its seal; the lane is held',
    );
    return giveUpUnsent(deps, inHand, err instanceof ChunkMissingError ? 'chunk_missing' : 'chunk_corrupt');
  }
}

async function send(
  deps: DeliveryDeps,
  inHand: FileInHand,
  { access, body }: { access: ObjectAccess; body: FileBody },
): Promise<boolean> {
  const { file } = inHand;
  const deadlineMs = putDeadlineMs(body.bytes.length);
  const attemptId = await markBeforePut(deps, inHand, deadlineMs);
  if (attemptId === null) return false;
  inHand.marks.add(attemptId);
  const place = { endpoint: file.endpoint, bucket: file.bucket, key: file.key };
  const result = await putAndDecide(deps, inHand, {
    place,
    access,
    body: body.bytes,
    crc32: body.crc32,
    metadata: objectMetadata(file),
    deadlineMs,
  });
  return settleAttempt(deps, inHand, { attemptId, result });
}

async function putAndDecide(deps: DeliveryDeps, inHand: FileInHand, request: PutRequest): Promise<PutResult> {
  deps.crashPoints.reach('before_put');
  const answer = await deps.store.putIfAbsent(request);
  deps.crashPoints.reach('after_put_before_finish');
  const context = contextOf(deps, inHand);
  const gzipBytes = request.body.length;
  const decision = decideAfterPut(answer, gzipBytes, context);
  if (decision.kind !== 'look') return { answer, decision };
  const head = await deps.store.head(request.place, request.access, HEAD_DEADLINE_MS);
  deps.crashPoints.reach('after_head');
  return { answer, decision: decideAfterHead(head, { ...inHand.file, gzipBytes }, context) };
}

function contextOf(deps: DeliveryDeps, { file, failuresBefore }: FileInHand): AttemptContext {
  const denialsBefore = file.denials;
  const { firstDenialAgoMs } = file;
  return { failuresBefore, denialsBefore, firstDenialAgoMs, random: deps.random() };
}
