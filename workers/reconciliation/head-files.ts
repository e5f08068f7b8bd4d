import { HEAD_DEADLINE_MS } from '@/lib/domain/delivery/put-timing';
import { type Wait, waitFor } from '@/lib/domain/delivery/wait-for';
import type { RecordedFile } from '@/lib/domain/reconciliation/compare-page';
import type { Finding } from '@/lib/domain/reconciliation/finding';
import type { ObjectHead, StoreAnswer } from '@/lib/platform/object-store/object-store';
import { readRecordedFiles } from '@/lib/services/reconciliation/read-recorded';
import type { PageRecord } from '@/lib/services/reconciliation/record-page';
import { type BucketLook, ofFile } from './bucket-look';
import { inTurns } from './in-turns';
import type { ReconciliationDeps } from './reconciliation-deps';

const FILES_AT_ONCE = 100;

/** Looks at every recorded file by itself, where the access does not include listing. Strangers stay unseen. */
export async function headFiles(deps: ReconciliationDeps, look: BucketLook): Promise<PageRecord | Wait> {
  const { run, step, access } = look;
  const recorded = await readRecordedFiles(deps.sql, step, { ...run, limit: FILES_AT_ONCE });
  const delivered = recorded.filter(({ state }) => state === 'delivered');
  const answers = await inTurns(delivered, async (file) => {
    const place = { endpoint: step.endpoint, bucket: step.bucket, key: file.key };
    return { file, answer: await deps.store.head(place, access, HEAD_DEADLINE_MS) };
  });
  const findings: Finding[] = [];
  for (const { file, answer } of answers) {
    if (answer.kind === 'error' && answer.httpStatus !== 404 && answer.httpStatus !== 403)
      return waitFor(answer);
    const finding = judge(look, file, answer);
    if (finding !== null) findings.push(finding);
  }
  const last = recorded.length < FILES_AT_ONCE ? undefined : recorded.at(-1);
  return {
    next: last === undefined ? null : { cursor: last.key, method: 'head' },
    files: delivered.length,
    objects: answers.filter(({ answer }) => answer.kind === 'ok').length,
    findings,
  };
}

function judge(look: BucketLook, file: RecordedFile, answer: StoreAnswer<ObjectHead>): Finding | null {
  if (answer.kind === 'error') return ofFile(look, answer.httpStatus === 404 ? 'missing' : 'unclear', file);
  const { lengthBytes, etag, metadata } = answer.value;
  const isLength = file.gzipBytes === null || file.gzipBytes === lengthBytes;
  const isOurs = metadata['sluice-file'] === file.fileId;
  if (isLength && (isOurs || file.etag === etag)) return null;
  const detail = {
    recordedBytes: file.gzipBytes,
    foundBytes: lengthBytes,
    recordedEtag: file.etag,
    foundEtag: etag,
  };
  return { ...ofFile(look, 'altered', file), detail };
}
