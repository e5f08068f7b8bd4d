import { classifyFault } from '@/lib/domain/delivery/classify-fault';
import { HEAD_DEADLINE_MS } from '@/lib/domain/delivery/put-timing';
import { type Wait, waitFor } from '@/lib/domain/delivery/wait-for';
import type { ComparedPage, RecordedFile, SeenObject } from '@/lib/domain/reconciliation/compare-page';
import type { Finding } from '@/lib/domain/reconciliation/finding';
import { findKnown, findRestored } from '@/lib/services/reconciliation/find-known';
import type { PageRecord } from '@/lib/services/reconciliation/record-page';
import { type BucketLook, ofFile } from './bucket-look';
import { inTurns } from './in-turns';
import type { ReconciliationDeps } from './reconciliation-deps';

const FILE_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Makes findings of a compared page; asks S3 whose the objects are that nobody recorded there. */
export async function lookIntoPage(
  deps: ReconciliationDeps,
  look: BucketLook,
  page: ComparedPage,
): Promise<PageRecord | Wait> {
  const { step } = look;
  const strangers = await nameStrangers(deps, look, page.unknown);
  if ('pace' in strangers) return strangers;
  const restored = await findRestored(
    deps.sql,
    page.altered.map(({ file }) => file.fileId),
  );
  const altered = page.altered.filter(
    ({ file, object }) => !(restored.has(file.fileId) && object.lengthBytes === file.gzipBytes),
  );
  const findings = [
    ...page.missing.map((file) => ofFile(look, 'missing', file)),
    ...altered.map(({ file, object }) => ({ ...ofFile(look, 'altered', file), detail: sides(file, object) })),
    ...page.doubled.map(({ file, object }) => ({
      ...ofFile(look, 'duplicate', file),
      detail: sides(file, object),
    })),
    ...strangers,
  ];
  const next = page.upTo === null ? null : { cursor: page.upTo, method: step.method };
  return { next, files: page.files, objects: page.objects, findings };
}

function sides(file: RecordedFile, object: SeenObject): Finding['detail'] {
  return {
    recordedBytes: file.gzipBytes,
    foundBytes: object.lengthBytes,
    recordedEtag: file.etag,
    foundEtag: object.etag,
  };
}

async function nameStrangers(
  deps: ReconciliationDeps,
  look: BucketLook,
  objects: readonly SeenObject[],
): Promise<readonly Finding[] | Wait> {
  const { run, step, access } = look;
  const known = await findKnown(deps.sql, run, { ...step, objects });
  const byKey = new Map(known.map((entry) => [entry.key, entry]));
  const strangers = objects.filter(({ key }) => byKey.get(key)?.isRecorded !== true);
  const named = await inTurns(strangers, async (object): Promise<Finding | Wait | null> => {
    const place = { endpoint: step.endpoint, bucket: step.bucket, key: object.key };
    const answer = await deps.store.head(place, access, HEAD_DEADLINE_MS);
    if (answer.kind === 'error' && answer.httpStatus === 404) return null;
    if (answer.kind === 'error' && classifyFault(answer).kind === 'retry') return waitFor(answer);
    const metadata = answer.kind === 'ok' ? answer.value.metadata : {};
    const carried = metadata['sluice-file'];
    const original = byKey.get(object.key)?.fileId ?? null;
    const isCopy = carried !== undefined || original !== null;
    return {
      kind: isCopy ? 'duplicate' : 'foreign',
      subject: object.key,
      bucket: step.bucket,
      key: object.key,
      fileId: original ?? (carried !== undefined && FILE_ID.test(carried) ? carried : null),
      type: step.type,
      hourMs: null,
      rows: rowsOf(metadata['sluice-rows']),
      detail: { foundBytes: object.lengthBytes, foundEtag: object.etag },
    };
  });
  const waits = named.find((entry): entry is Wait => entry !== null && 'pace' in entry);
  return waits ?? named.filter((entry): entry is Finding => entry !== null && !('pace' in entry));
}

/** Metadata is whatever its writer put there. */
function rowsOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : null;
}
