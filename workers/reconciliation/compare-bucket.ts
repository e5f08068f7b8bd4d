import { classifyFault } from '@/lib/domain/delivery/classify-fault';
import { type Wait, waitFor } from '@/lib/domain/delivery/wait-for';
import { comparePage } from '@/lib/domain/reconciliation/compare-page';
import { readDatabaseMs } from '@/lib/platform/sql';
import type { ClaimedReconciliation } from '@/lib/services/reconciliation/claim';
import type { BucketStep } from '@/lib/services/reconciliation/next-step';
import { readRecordedFiles } from '@/lib/services/reconciliation/read-recorded';
import type { PageRecord } from '@/lib/services/reconciliation/record-page';
import { openAccess } from '@/workers/delivery/open-access';
import type { BucketLook } from './bucket-look';
import { headFiles } from './head-files';
import { lookIntoPage } from './look-into-page';
import type { ReconciliationDeps } from './reconciliation-deps';

const LIST_LIMIT = 1_000;
const LIST_DEADLINE_MS = 30_000;
/** Objects that are not recorded where they are, each looked into by a HEAD. */
const UNKNOWN_AT_ONCE = 200;

/** Holds the next stretch of a place against the ledger: by listing it, else by a HEAD of each recorded file. */
export async function compareBucket(
  deps: ReconciliationDeps,
  run: ClaimedReconciliation,
  step: BucketStep,
): Promise<PageRecord | Wait> {
  const { endpoint, bucket } = step;
  const opened = await openAccess(deps, { routingId: run.routingId, endpoint, bucket });
  if (opened.kind === 'error') return waitFor(opened);
  const look = { run, step, access: opened.value };
  return step.method === 'head' ? headFiles(deps, look) : listPage(deps, look);
}

async function listPage(deps: ReconciliationDeps, look: BucketLook): Promise<PageRecord | Wait> {
  const { run, step, access } = look;
  // Read before the bucket is: what is delivered in between need not be in the listing.
  const listedAtMs = await readDatabaseMs(deps.sql);
  const answer = await deps.store.list({
    place: { endpoint: step.endpoint, bucket: step.bucket },
    access,
    prefix: step.folder,
    after: step.cursor ?? step.after,
    limit: LIST_LIMIT,
    deadlineMs: LIST_DEADLINE_MS,
  });
  if (answer.kind === 'error') {
    if (classifyFault(answer).kind !== 'denied') return waitFor(answer);
    return { next: { cursor: null, method: 'head' }, files: 0, objects: 0, findings: [] };
  }
  // After the listing: whatever of ours is in it has been sealed by now.
  const recorded = await readRecordedFiles(deps.sql, step, { ...run, limit: LIST_LIMIT + 1 });
  const page = comparePage({
    folder: step.folder,
    until: step.until,
    seen: answer.value.objects,
    hasMoreSeen: answer.value.hasMore,
    recorded: recorded.slice(0, LIST_LIMIT),
    hasMoreRecorded: recorded.length > LIST_LIMIT,
    listedAtMs,
    unknownMax: UNKNOWN_AT_ONCE,
  });
  return lookIntoPage(deps, look, page);
}
