import { randomUUID } from 'node:crypto';
import { AppError } from '@/lib/domain/errors';
import { HOUR_MS } from '@/lib/domain/time-units';
import { withAdvisoryLock } from '@/lib/platform/advisory-lock';
import type { Clock } from '@/lib/platform/clock';
import type { EventLog, IdempotencyRow } from '@/lib/platform/event-log/event-log';
import type { Sql } from '@/lib/platform/sql';
import { ensureStream } from '@/lib/services/stream/ensure-stream';
import { buildSnapshotChunks } from './build-snapshot-chunks';
import { findStaleSnapshots } from './find-stale-snapshots';
import { readSegmentSet, type SegmentSet } from './read-segment-set';

export interface SnapshotDeps {
  readonly sql: Sql;
  readonly log: EventLog;
  readonly clock: Clock;
}

export interface SnapshotRequest {
  readonly organizationId: string;
  readonly workspaceId: string;
  /** Stored together with the snapshot. */
  readonly idempotency: IdempotencyRow | null;
  /** Also when the log has this version, but only in a snapshot that is stale by now. */
  readonly isRenewal?: boolean;
}

/** `key_exists`: an earlier request with the same key was stored, so this row was not; the snapshot is there. */
export type SnapshotResult = 'stored' | 'key_exists';

const APPENDS_MAX = 4;

const WRITTEN =
  'UPDATE segment_set SET snapshot_version = $2 WHERE workspace_id = $1 AND snapshot_version < $2';

/**
 * Appends a complete snapshot of a workspace's segments, read at one version, unless the log has it already. The
 * lock keeps snapshots in the order of their versions: readers take the newest one. Throws as `EventLog.append`.
 */
export function writeSegmentSnapshot(deps: SnapshotDeps, request: SnapshotRequest): Promise<SnapshotResult> {
  return withAdvisoryLock(deps.sql, `segment-snapshot:${request.workspaceId}`, async () => {
    const set = await readSegmentSet(deps.sql, request.workspaceId);
    const result = await appendSnapshot(deps, {
      request,
      set,
      isWritten: await isWritten(deps, request, set),
    });
    await deps.sql.query(WRITTEN, [request.workspaceId, set.version]);
    return result;
  });
}

async function isWritten(
  { sql }: SnapshotDeps,
  { workspaceId, isRenewal = false }: SnapshotRequest,
  set: SegmentSet,
): Promise<boolean> {
  if (set.snapshotVersion < set.version) return false;
  return !isRenewal || (await findStaleSnapshots(sql, { workspaceId, limit: 1 })).length === 0;
}

async function appendSnapshot(
  { sql, log, clock }: SnapshotDeps,
  { request, set, isWritten }: { request: SnapshotRequest; set: SegmentSet; isWritten: boolean },
): Promise<SnapshotResult> {
  const streamId = await ensureStream(sql, { ...request, type: 'segment' });
  let idempotency = request.idempotency === null ? [] : [request.idempotency];
  let keyExists = false;
  for (let appends = 0; appends < APPENDS_MAX; appends += 1) {
    const nowMs = clock.nowMs();
    const chunks = isWritten ? [] : await buildSnapshotChunks(set.segments, { streamId, nowMs });
    const hourMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
    const accepted = chunks.length === 0 ? [] : [{ streamId, hourMs, rows: set.segments.length }];
    if (chunks.length + idempotency.length === 0) return keyExists ? 'key_exists' : 'stored';
    const result = await log.append({ appendId: randomUUID(), chunks, idempotency, accepted });
    if (result.kind === 'stored') return keyExists ? 'key_exists' : 'stored';
    if (result.kind === 'key_exists') {
      keyExists = true;
      idempotency = [];
    }
  }
  throw new AppError('UNAVAILABLE', 'The hour closed again and again; the snapshot was not stored.', {
    retryAfterSeconds: 2,
  });
}
