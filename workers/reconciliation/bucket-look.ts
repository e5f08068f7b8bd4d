import type { RecordedFile } from '@/lib/domain/reconciliation/compare-page';
import type { Finding, FindingKind } from '@/lib/domain/reconciliation/finding';
import type { ObjectAccess } from '@/lib/platform/object-store/object-store';
import type { ClaimedReconciliation } from '@/lib/services/reconciliation/claim';
import type { BucketStep } from '@/lib/services/reconciliation/next-step';

/** What a page of the work has: the access to the place, and whose files are compared. */
export interface BucketLook {
  readonly run: ClaimedReconciliation;
  readonly step: BucketStep;
  readonly access: ObjectAccess;
}

/** A finding about a file of ours. */
export function ofFile({ step }: BucketLook, kind: FindingKind, file: RecordedFile): Finding {
  const { fileId, key, hourMs, rows } = file;
  const about = { kind, subject: key, bucket: step.bucket, key, type: step.type };
  return { ...about, fileId, hourMs, rows, detail: {} };
}
