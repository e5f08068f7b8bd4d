import { parseDocument } from '@/lib/domain/event/parse-document';
import { segmentSetSchema } from '@/lib/domain/event/segment-set';
import { replaceSegments } from '@/lib/services/collection/replace-segments';
import { type SnapshotDeps, writeSegmentSnapshot } from '@/lib/services/collection/write-segment-snapshot';
import { outcomeUnknown } from './collection-error';
import { type KeyedRequest, requireFirstAnswer, toIdempotencyRow } from './idempotency';
import type { Answer } from './prepared';

export interface SegmentsRequest {
  readonly organizationId: string;
  readonly workspaceId: string;
  readonly body: Buffer;
  readonly keyed: KeyedRequest | null;
}

/** `PUT /v2.0/segments`: replaces the workspace's segments and writes them to the log as one snapshot. */
export async function putSegments(deps: SnapshotDeps, request: SegmentsRequest): Promise<Answer> {
  const { organizationId, workspaceId, body, keyed } = request;
  const segments = parseDocument(body, segmentSetSchema);
  const answer = { status: 200, body: Buffer.from(JSON.stringify({ count: segments.length })) };
  await replaceSegments(deps.sql, { organizationId, workspaceId, segments });
  try {
    const idempotency = keyed === null ? null : toIdempotencyRow(keyed, answer);
    const result = await writeSegmentSnapshot(deps, { organizationId, workspaceId, idempotency });
    if (result === 'key_exists' && keyed !== null) return await requireFirstAnswer(deps.log, keyed);
  } catch (error) {
    // The set is replaced; the same call, made again, completes what is missing.
    throw outcomeUnknown(error);
  }
  return { ...answer, isReplay: false };
}
