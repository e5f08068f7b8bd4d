import type { RoutingView } from '@/lib/domain/routing/view';

/** What a row of a routing says of what it holds, lost and proved. */
export interface HoldRow {
  readonly notice_threshold: number | null;
  readonly notice_at: Date | null;
  readonly oldest_received_at: Date | null;
  readonly lost_from: Date | null;
  readonly notice_rows: number | null;
  /** Of the last seven days. */
  readonly gap_count: number;
  readonly gap_rows: number;
  readonly gap_from: Date | null;
  readonly gap_to: Date | null;
  readonly gap_at: Date | null;
  readonly gap_may_exist: boolean;
  readonly access_probe: boolean;
  readonly proven_at: Date | null;
  readonly stopped_cause: string | null;
  readonly file_delivered_at: Date | null;
}

/** The announcement that stands, if one does. */
export function toRetentionNotice(row: HoldRow): RoutingView['retentionNotice'] {
  const { notice_threshold: threshold, notice_at: at, oldest_received_at: oldest, lost_from: lostFrom } = row;
  if (threshold === null || at === null || oldest === null || lostFrom === null) return null;
  return {
    threshold,
    announcedAt: at.toISOString(),
    oldestReceivedAt: oldest.toISOString(),
    lostFrom: lostFrom.toISOString(),
    pendingRows: row.notice_rows ?? 0,
  };
}

/** What was lost in the last days, if anything was. */
export function toRecentGaps(row: HoldRow): RoutingView['recentGaps'] {
  if (row.gap_at === null) return null;
  return {
    count: row.gap_count,
    rows: row.gap_rows,
    firstReceivedAt: row.gap_from?.toISOString() ?? null,
    lastReceivedAt: row.gap_to?.toISOString() ?? null,
    lastRecordedAt: row.gap_at.toISOString(),
    mayExist: row.gap_may_exist,
  };
}

/** A delivered file proves the access as well as a probe does. */
export function toAccessProof(row: HoldRow): RoutingView['access'] {
  const proofs = [row.proven_at, row.file_delivered_at].flatMap((at) => at ?? []);
  const newest = proofs.length === 0 ? null : new Date(Math.max(...proofs.map((at) => at.getTime())));
  const isVersioned = row.stopped_cause === 'versioned';
  return { provenAt: newest?.toISOString() ?? null, isProbed: row.access_probe && !isVersioned, isVersioned };
}
