import { dataTypeSchema } from '@/lib/domain/data-type';
import { BEHIND_BODY_BYTES, CUT_LIMITS } from '@/lib/domain/delivery/cut-limits';
import type { LookAtLane } from '@/lib/domain/jobs/look-at-lane';
import type { Sql } from '@/lib/platform/sql';
import type { ClaimedLane } from './delivery-ledger';

interface Row {
  readonly routing_id: string;
  readonly stream_id: number;
  readonly type: string;
  readonly done: number;
  readonly next: number;
  readonly head: number;
  readonly end_offset: number | null;
  readonly by_age: boolean;
  readonly failures: number;
  readonly version: number;
  readonly endpoint: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly event_names: string[];
}

const CLAIM = `SELECT l.routing_id, c.stream_id, s.type, c.done, c.next, c.head, l.end_offset, c.by_age, c.failures,
    d.version, d.endpoint, d.bucket, d.prefix,
    CASE WHEN s.type = 'events' THEN r.event_names ELSE '{}' END AS event_names
  FROM delivery.claim_lane($1, $2, $3, $4, $5) c
  JOIN lane l ON l.id = $1
  JOIN log.stream s ON s.id = c.stream_id
  JOIN routing r ON r.id = l.routing_id
  JOIN destination d ON d.routing_id = r.id AND d.version = r.destination_version`;

/** Takes a lane that is due, for `leaseMs`; null when it is not, or when another worker has it. */
export async function claimLane(sql: Sql, job: LookAtLane, leaseMs: number): Promise<ClaimedLane | null> {
  const { rows } = await sql.query<Row>(CLAIM, [
    job.laneId,
    job.epoch,
    leaseMs,
    CUT_LIMITS.bodyBytesMax,
    BEHIND_BODY_BYTES,
  ]);
  const row = rows[0];
  if (row === undefined) return null;
  return {
    laneId: job.laneId,
    epoch: job.epoch,
    routingId: row.routing_id,
    streamId: row.stream_id,
    type: dataTypeSchema.parse(row.type),
    done: row.done,
    next: row.next,
    head: row.head,
    endOffset: row.end_offset,
    isDueByAge: row.by_age,
    failures: row.failures,
    destinationVersion: row.version,
    endpoint: row.endpoint,
    bucket: row.bucket,
    prefix: row.prefix,
    eventNames: row.event_names,
  };
}
