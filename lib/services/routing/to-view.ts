import { z } from 'zod';
import { dataTypeSchema } from '@/lib/domain/data-type';
import { drainMs } from '@/lib/domain/routing/drain';
import { type RoutingLabel, routingLabel } from '@/lib/domain/routing/label';
import { healthSchema, intentSchema, lifecycleSchema } from '@/lib/domain/routing/state';
import { type ProgressFacts, stuckSince } from '@/lib/domain/routing/stuck';
import type { RoutingView } from '@/lib/domain/routing/view';
import { whoseMove } from '@/lib/domain/routing/whose-move';
import { type HoldRow, toAccessProof, toRecentGaps, toRetentionNotice } from './to-hold-views';

export interface RoutingRow extends HoldRow {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly organization_id: string;
  readonly organization_name: string;
  readonly workspace_id: string;
  readonly workspace_name: string;
  readonly intent: string;
  readonly lifecycle: string;
  readonly health: string;
  readonly health_cause: string | null;
  readonly is_measured: boolean;
  readonly state_since: Date;
  /** Database time of the reading. */
  readonly now: Date;
  readonly pending_since: Date | null;
  readonly in_flight_until: Date | null;
  readonly data_types: string[];
  readonly event_names: string[];
  readonly promise_seconds: number;
  readonly flush_interval_ms: number;
  readonly hour_markers: boolean;
  readonly created_at: Date;
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly prefix: string;
  readonly kms_key_arn: string | null;
  readonly destination_version: number;
  readonly access_key_id_last4: string | null;
  readonly role_arn: string | null;
  readonly freshness_ms: number | null;
  readonly pending_rows: number;
  readonly pending_bytes: number;
  readonly kept_until: Date | null;
  readonly retention_hours: number;
  readonly drain_until: Date | null;
  /** Of the first cut of the last minutes: how old its oldest line was when it was committed, and how long ago. */
  readonly age_before_ms: number | null;
  readonly before_ago_ms: number | null;
  readonly file_id: string | null;
  readonly file_key: string | null;
  readonly file_rows: number | null;
}

/** A joined row as people see it; throws when the database holds a state that the code does not know. */
export function toRoutingView(row: RoutingRow): RoutingView {
  const lifecycle = lifecycleSchema.parse(row.lifecycle);
  const health = healthSchema.parse(row.health);
  const isMeasured = row.is_measured;
  const label = routingLabel({ lifecycle, health, isMeasured });
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    organization: { id: row.organization_id, name: row.organization_name },
    workspace: { id: row.workspace_id, name: row.workspace_name },
    intent: intentSchema.parse(row.intent),
    lifecycle,
    health,
    healthCause: row.health_cause,
    isMeasured,
    label,
    stateSince: row.state_since.toISOString(),
    stuckSince: stuckSince(progressOf(row, label), row.now)?.toISOString() ?? null,
    whoseMove: whoseMove(label, row.health_cause),
    destination: {
      endpoint: row.endpoint,
      bucket: row.bucket,
      region: row.region,
      prefix: row.prefix,
      kmsKeyArn: row.kms_key_arn,
      version: row.destination_version,
      accessKeyIdLast4: row.access_key_id_last4,
      roleArn: row.role_arn,
    },
    dataTypes: z.array(dataTypeSchema).parse(row.data_types),
    eventNames: row.event_names,
    promiseSeconds: row.promise_seconds,
    flushIntervalMs: row.flush_interval_ms,
    hourMarkers: row.hour_markers,
    accessProbe: row.access_probe,
    freshnessMs: row.freshness_ms === null ? null : Math.max(0, Math.round(row.freshness_ms)),
    pendingRows: row.pending_rows,
    pendingBytes: row.pending_bytes,
    keptUntil: row.kept_until?.toISOString() ?? null,
    retentionHours: row.retention_hours,
    drainUntil: row.drain_until?.toISOString() ?? null,
    drainMs: toDrainMs(row),
    lastFile: toLastFile(row),
    retentionNotice: toRetentionNotice(row),
    recentGaps: toRecentGaps(row),
    access: toAccessProof(row),
    createdAt: row.created_at.toISOString(),
  };
}

function progressOf(row: RoutingRow, label: RoutingLabel): ProgressFacts {
  return {
    label,
    stateSince: row.state_since,
    promiseSeconds: row.promise_seconds,
    pendingSince: row.pending_since,
    inFlightUntil: row.in_flight_until,
    lastFileAt: row.file_delivered_at,
    drainUntil: row.drain_until,
    isOurMove: whoseMove(label, row.health_cause) === 'us',
  };
}

function toDrainMs(row: RoutingRow): number | null {
  const { freshness_ms: ageMs, age_before_ms: ageBeforeMs, before_ago_ms: beforeAgoMs } = row;
  if (ageMs === null || ageBeforeMs === null || beforeAgoMs === null) return null;
  return drainMs({ ageMs, ageBeforeMs, beforeAgoMs });
}

function toLastFile(row: RoutingRow): RoutingView['lastFile'] {
  const { file_id: id, file_key: key, file_rows: rows, file_delivered_at: deliveredAt } = row;
  if (id === null || key === null || rows === null || deliveredAt === null) return null;
  return { id, key, rows, deliveredAt: deliveredAt.toISOString() };
}
