import type { Sql } from '@/lib/platform/sql';
import type { TableState } from './world-state';

const age = (column: string) => `round(extract(epoch FROM clock_timestamp() - ${column}) / 600)::float8`;
const ms = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`;
const table = (name: string, from: string) =>
  `'${name}', (SELECT coalesce(json_object_agg(t.name, t.row), '{}') FROM (${from}) t)`;

const LANE = `r.name || '/' || s.type`;
const LANE_TABLES = 'lane l JOIN routing r ON r.id = l.routing_id JOIN log.stream s ON s.id = l.stream_id';
const CUT = `${LANE} || '@' || c.lo`;
const CUT_TABLES = `cut c JOIN lane l ON l.id = c.lane_id JOIN routing r ON r.id = l.routing_id
  JOIN log.stream s ON s.id = l.stream_id`;

const STREAMS = `SELECT s.type AS name, json_build_object('head', s.next_offset,
  'closedThroughMs', CASE WHEN isfinite(s.closed_through) THEN ${ms('s.closed_through')} END) AS row
  FROM log.stream s`;

const ROUTINGS = `SELECT r.name, json_build_object('intent', r.intent, 'lifecycle', r.lifecycle, 'health', r.health,
  'healthCause', r.health_cause, 'stateSince', ${age('r.state_since')}, 'version', r.version,
  'destinationVersion', r.destination_version,
  'dataTypes', ARRAY(SELECT x FROM unnest(r.data_types) x ORDER BY x COLLATE "C"),
  'eventNames', ARRAY(SELECT x FROM unnest(r.event_names) x ORDER BY x COLLATE "C"),
  'promiseSeconds', r.promise_seconds, 'flushIntervalMs', r.flush_interval_ms, 'retentionHours', r.retention_hours, 'startFrom', r.start_from,
  'overSince', ${age('r.over_promise_since')}, 'cleanLooks', r.clean_looks,
  'drainUntil', ${age('r.drain_until')}, 'endReason', r.end_reason) AS row FROM routing r`;

const DESTINATIONS = `SELECT r.name || ' ' || d.version AS name, json_build_object('endpoint', d.endpoint,
  'bucket', d.bucket, 'region', d.region, 'prefix', d.prefix, 'kmsKeyArn', d.kms_key_arn,
  'isAdopted', d.adopted_at IS NOT NULL, 'isDropped', d.dropped_at IS NOT NULL,
  'hasKeys', k.secret_access_key_sealed IS NOT NULL) AS row
  FROM destination d JOIN routing r ON r.id = d.routing_id LEFT JOIN credential k ON k.id = d.credential_id`;

const LANES = `SELECT ${LANE} AS name, json_build_object('epoch', l.epoch, 'next', l.next, 'done', l.done,
  'rowsDone', l.rows_done, 'bodyBytesDone', l.body_bytes_done, 'running', l.running,
  'pendingSince', ${age('l.pending_since')}, 'notBefore', ${age('l.not_before')},
  'leaseUntil', ${age('l.lease_until')}, 'failures', l.failures, 'heldCause', l.held_cause,
  'endOffset', l.end_offset, 'endRows', l.end_rows, 'endBodyBytes', l.end_body_bytes) AS row
  FROM ${LANE_TABLES}`;

const CUTS = `SELECT ${CUT} AS name, json_build_object('epoch', c.epoch, 'generation', c.generation,
  'destinationVersion', c.destination_version, 'lo', c.lo, 'hi', c.hi, 'reason', c.reason, 'rows', c.rows,
  'rawBytes', c.raw_bytes, 'bodyBytes', c.body_bytes, 'eventNames', c.event_names, 'state', c.state,
  'sealedAt', ${age('c.sealed_at')}, 'committedAt', ${age('c.committed_at')},
  'doubtAccepted', ${age('c.doubt_accepted_at')}, 'figureRows', f.rows) AS row
  FROM ${CUT_TABLES} LEFT JOIN cut_latency f ON f.cut_id = c.id`;

const FILES = `SELECT f.id AS name, json_build_object('cut', ${CUT}, 'position', f.position,
  'generation', f.generation, 'endpoint', f.endpoint, 'bucket', f.bucket, 'key', f.key, 'type', f.type,
  'hourMs', ${ms('f.hour')}, 'lo', f.lo, 'hi', f.hi, 'kind', f.kind, 'rows', f.rows, 'rawBytes', f.raw_bytes,
  'crcRaw', f.crc_raw, 'receivedMinMs', ${ms('f.received_min')}, 'receivedMaxMs', ${ms('f.received_max')},
  'receivedSumMs', f.received_sum_ms::text, 'state', f.state, 'gzipBytes', f.gzip_bytes, 'etag', f.etag,
  'deliveredAt', ${age('f.delivered_at')}) AS row
  FROM file f JOIN (${CUT_TABLES}) ON c.id = f.cut_id`;

const ATTEMPTS = `SELECT a.file_id || ' ' || a.number AS name, json_build_object('generation', a.generation,
  'workerId', a.worker_id, 'markedAt', ${age('a.marked_at')}, 'deadlineAt', ${age('a.deadline_at')},
  'endedAt', ${age('a.ended_at')}, 'outcome', a.outcome, 'httpStatus', a.http_status, 'code', a.code,
  'requestId', a.request_id, 'message', a.message) AS row FROM attempt a`;

const SET_ASIDE = `SELECT ${CUT} || ' ' || ${ms('x.hour')}::bigint || ' ' || x.reason AS name,
  json_build_object('rows', x.rows, 'offsets', ARRAY(SELECT o FROM unnest(x.offsets) o ORDER BY o)) AS row
  FROM cut_set_aside x JOIN (${CUT_TABLES}) ON c.id = x.cut_id`;

const GAPS = `SELECT ${LANE} || ' ' || g.lo AS name, json_build_object('hi', g.hi, 'rows', g.rows, 'cause', g.cause,
  'fileId', g.file_id, 'mayExist', g.may_exist, 'reason', g.reason) AS row
  FROM gap g JOIN (${LANE_TABLES}) ON l.id = g.lane_id`;

const LEFT_OUT = `SELECT ${LANE} || ' ' || o.lo || ' ' || o.hi AS name, '{}'::json AS row
  FROM lane_left_out o JOIN (${LANE_TABLES}) ON l.id = o.lane_id`;

const STATE = `SELECT json_build_object(${[
  table('streams', STREAMS),
  table('routings', ROUTINGS),
  table('destinations', DESTINATIONS),
  table('lanes', LANES),
  table('cuts', CUTS),
  table('files', FILES),
  table('attempts', ATTEMPTS),
  table('setAside', SET_ASIDE),
  table('gaps', GAPS),
  table('leftOut', LEFT_OUT),
].join(', ')}) AS state`;

/** Of the one workspace that the database has. */
export async function readPostgresState(sql: Sql): Promise<TableState> {
  const { rows } = await sql.query<{ state: TableState }>({ name: 'state', text: STATE });
  const [row] = rows;
  if (row === undefined) throw new Error('The state was not read');
  return row.state;
}

const NAMES = `SELECT 'lane' AS kind, l.id, ${LANE} AS name FROM ${LANE_TABLES}
  UNION ALL SELECT 'cut', c.id, ${CUT} FROM ${CUT_TABLES}
  UNION ALL SELECT 'attempt', a.id, a.file_id || ' ' || a.number FROM attempt a
  UNION ALL SELECT 'stream', s.id, s.type FROM log.stream s`;

export type NamedKind = 'lane' | 'cut' | 'attempt' | 'stream';

interface NamedRow {
  readonly kind: NamedKind;
  readonly id: number;
  readonly name: string;
}

/** What the rows with a number are called in both worlds. */
export async function readPostgresNames(sql: Sql): Promise<readonly NamedRow[]> {
  // Read after every step: prepared, as planning takes longer than reading.
  const { rows } = await sql.query<NamedRow>({ name: 'names', text: NAMES });
  return rows;
}
