import { findStaleSnapshots, type StaleSnapshot } from './find-stale-snapshots';
import { type SnapshotDeps, writeSegmentSnapshot } from './write-segment-snapshot';

export interface RenewedSnapshots {
  readonly renewed: number;
  readonly failed: readonly (StaleSnapshot & { readonly error: unknown })[];
}

/** So many a round: a snapshot is read and packed whole. */
const BATCH = 20;

/**
 * Appends a snapshot for workspaces that have none from the last 24 h, or none of their present segments: daily, and
 * within seconds for a routing that starts when none is kept. A failure of one does not touch the others.
 */
export async function renewSegmentSnapshots(deps: SnapshotDeps): Promise<RenewedSnapshots> {
  const failed: (StaleSnapshot & { error: unknown })[] = [];
  const stale = await findStaleSnapshots(deps.sql, { limit: BATCH });
  for (const workspace of stale) {
    try {
      await writeSegmentSnapshot(deps, { ...workspace, idempotency: null, isRenewal: true });
    } catch (error) {
      failed.push({ ...workspace, error });
    }
  }
  return { renewed: stale.length - failed.length, failed };
}
