import { LatencySketch } from '@/lib/domain/latency/sketch';
import type { Sql } from '@/lib/platform/sql';

export const ROUTINGS = 5_000;
export const ORGANIZATIONS = 1_600;
const HOURS = 72;

/** Of a hundred routings: what a fleet looks like on a bad day. */
const STATES = `CASE
  WHEN n % 100 < 2 THEN '{active,blocked,access_denied}' WHEN n % 100 < 3 THEN '{active,blocked,kms_access_denied}'
  WHEN n % 100 < 5 THEN '{active,late,NULL}' WHEN n % 100 < 6 THEN '{active,failing,SlowDown}'
  WHEN n % 100 < 8 THEN '{draft,unknown,NULL}' WHEN n % 100 < 10 THEN '{awaiting_customer,unknown,NULL}'
  WHEN n % 100 < 11 THEN '{verified,unknown,NULL}' WHEN n % 100 < 14 THEN '{paused,unknown,NULL}'
  WHEN n % 100 < 20 THEN '{active,idle,NULL}' WHEN n % 100 < 21 THEN '{active,unknown,NULL}'
  WHEN n % 100 < 22 THEN '{archived,unknown,NULL}' ELSE '{active,healthy,NULL}' END`;

const TENANTS = `
  INSERT INTO organization (name) SELECT 'Organization ' || n FROM generate_series(1, ${ORGANIZATIONS}) n;
  INSERT INTO workspace (organization_id, name)
    SELECT o.id, 'Site ' || n FROM generate_series(1, ${ROUTINGS}) n
    JOIN (SELECT id, row_number() OVER () AS place FROM organization) o ON o.place = n % ${ORGANIZATIONS} + 1;
  INSERT INTO routing (organization_id, workspace_id, name, intent, lifecycle, health, health_cause, state_since,
      data_types, created_at)
    SELECT w.organization_id, w.id, 'Routing ' || n, 'run', s[1], s[2], s[3], now() - random() * interval '40 days',
      '{events,sync_aliases,segment}', now() - n * interval '1 hour'
    FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM workspace) w, LATERAL (SELECT (${STATES})::text[] AS s) x;
  INSERT INTO credential (organization_id, routing_id, version, key_id, access_key_id_sealed, secret_access_key_sealed,
      access_key_id_last4, created_at)
    SELECT organization_id, id, v, 'k', decode(repeat('ab', 90), 'hex'), decode(repeat('ab', 110), 'hex'), 'AAAA',
      now() - random() * interval '120 days' FROM routing, generate_series(1, 2) v;
  INSERT INTO destination (organization_id, routing_id, version, endpoint, bucket, region, prefix, credential_id)
    SELECT c.organization_id, c.routing_id, 3 - c.version, '', 'bucket-' || left(c.routing_id::text, 8),
      (ARRAY['eu-west-1', 'us-east-1', 'ap-southeast-2', 'eu-central-1'])[1 + (random() * 3)::int], 'sluice/', c.id
    FROM credential c`;

/** Three lanes a routing; what is not delivering has something pending, and paused lanes nobody has looked at. */
const LANES = `
  INSERT INTO log.stream (organization_id, workspace_id, type, next_offset, rows_total, body_bytes_total)
    SELECT organization_id, id, type, 100, 200000, 40000000
    FROM workspace, unnest(ARRAY['events', 'sync_aliases', 'segment']) AS type;
  INSERT INTO lane (organization_id, routing_id, stream_id, next, done, rows_done, body_bytes_done, running,
      pending_since)
    SELECT r.organization_id, r.id, s.id, d, d, d * 2000, d * 400000, r.lifecycle = 'active',
      CASE WHEN d < 100 AND r.lifecycle = 'active' THEN now() - random() * interval '10 minutes' END
    FROM routing r JOIN log.stream s ON s.workspace_id = r.workspace_id,
      LATERAL (SELECT CASE WHEN r.lifecycle = 'draft' THEN 100 WHEN random() < 0.6 THEN 97 ELSE 100 END AS d) x;
  INSERT INTO log.chunk SELECT (now() AT TIME ZONE 'UTC')::date, l.stream_id, l.done, date_trunc('hour', now()), 2000,
      2000000, 0, 400000, 0, now() - random() * interval '1 hour', now(), 0, 0, 0, 0, false, ''
    FROM lane l WHERE l.done < 100`;

const FILES = `
  INSERT INTO cut (organization_id, routing_id, lane_id, epoch, destination_version, lo, hi, reason, rows, raw_bytes,
      body_bytes, state, committed_at)
    SELECT l.organization_id, l.routing_id, l.id, 1, 1, n, n, 'age', 2000, 2000000, 400000, 'committed', now()
    FROM lane l, generate_series(1, 3) n;
  INSERT INTO file (id, organization_id, routing_id, cut_id, position, endpoint, bucket, key, type, hour, lo, hi, kind,
      rows, raw_bytes, crc_raw, received_min, received_max, received_sum_ms, state, gzip_bytes, delivered_at)
    SELECT gen_random_uuid(), organization_id, routing_id, id, 0, '', 'b', 'sluice/type=events/' || id, 'events',
      date_trunc('hour', now()), lo, hi, 'stitched', 2000, 2000000, 0, now(), now(), 0, 'delivered', 400000,
      now() - random() * interval '1 hour' FROM cut`;

/** 5,000 routings of 1,600 organizations with three lanes, files and three days of hours each. */
export async function seedRoutings(sql: Sql): Promise<void> {
  for (const script of [TENANTS, LANES, FILES]) await sql.query(script);
  for (let hour = 0; hour < HOURS; hour += 1) await seedHour(sql, hour);
  await sql.query('VACUUM ANALYZE');
}

async function seedHour(sql: Sql, hoursAgo: number): Promise<void> {
  await sql.query(
    `INSERT INTO latency_rollup (organization_id, routing_id, grain, at, rows, within_rows, sum_ms, max_ms, waiting_ms,
       batching_ms, uploading_ms, retrying_ms, files, raw_bytes, gzip_bytes, sketch, p95_ms)
     SELECT organization_id, id, 'hour', date_trunc('hour', now()) - $1 * interval '1 hour', 20000,
       20000 - (random() * random() * 400)::int, 900000, 90000, 0, 800000, 100000, 0, 60, 20000000, 4000000, $2, 30000 + (random() * 30000)::int
     FROM routing WHERE lifecycle = 'active'`,
    [hoursAgo, Buffer.from(hourSketch())],
  );
}

/** Sixty files of a minute each: about what an hour of steady traffic leaves. */
function hourSketch(): Uint8Array {
  const sketch = new LatencySketch();
  for (let file = 0; file < 60; file += 1) {
    for (let row = 0; row < 60; row += 1) sketch.add(1_000 + row * 1_000 + Math.random() * 4_000, 5);
  }
  return sketch.encode();
}
