import { randomUUID } from 'node:crypto';
import { partitionPath } from '@/lib/domain/delivery/object-key';
import { objectMetadata } from '@/lib/domain/delivery/object-metadata';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import type { Sql } from '@/lib/platform/sql';
import { testChunk } from './chunk';
import type { TestObjectStore } from './object-store';
import { numberedLines, type TestRouting } from './routing';

export interface DeliveredFile {
  readonly fileId: string;
  readonly key: string;
}

interface Given {
  readonly sql: Sql;
  readonly log: EventLog;
  readonly store: TestObjectStore;
  readonly routing: TestRouting;
}

/** As SEAL does: both at once would be a jump. */
const MOVE_NEXT = 'UPDATE lane SET next = $3 + 1 WHERE routing_id = $1 AND stream_id = $2';

const INSERT_CUT = `WITH c AS (
    INSERT INTO cut (organization_id, routing_id, lane_id, epoch, destination_version, lo, hi, reason, rows, raw_bytes,
      body_bytes, state, committed_at)
    SELECT l.organization_id, l.routing_id, l.id, 1, 1, $3, $3, 'age', $4, 1, 1, 'committed', now()
    FROM lane l WHERE l.routing_id = $1 AND l.stream_id = $2 RETURNING *
  ), moved AS (UPDATE lane l SET done = $3 + 1 FROM c WHERE l.id = c.lane_id)
  INSERT INTO file (id, organization_id, routing_id, cut_id, position, endpoint, bucket, key, type, hour, lo, hi, kind,
    rows, raw_bytes, crc_raw, received_min, received_max, received_sum_ms, state, gzip_bytes, etag, delivered_at)
  SELECT u.id, c.organization_id, c.routing_id, c.id, u.n, $5, $6, u.key, 'events', $7, $3, $3, 'stitched', 1, 1, 1,
    $7, $7, 1, 'delivered', u.bytes, u.etag, now() - interval '1 minute'
  FROM c, unnest($8::uuid[], $9::text[], $10::int[], $11::text[]) WITH ORDINALITY AS u (id, key, bytes, etag, n)`;

/**
 * Files of one event each, in the bucket and in the ledger, of one chunk of the log: what delivery leaves behind, in a
 * hundredth of the time. The bytes are not gzip.
 */
export async function makeDeliveredFiles(
  given: Given,
  { count, hourMs }: { readonly count: number; readonly hourMs: number },
): Promise<DeliveredFile[]> {
  const { sql, log, store, routing } = given;
  const { streamId } = routing;
  const chunk = await testChunk(streamId, numberedLines(randomUUID(), count), { hourMs });
  const accepted = [{ streamId, hourMs, rows: count }];
  const stored = await log.append({ appendId: randomUUID(), chunks: [chunk], idempotency: [], accepted });
  if (stored.kind !== 'stored') throw new Error(`The chunk was not stored: ${stored.kind}`);
  const offset = stored.offsets[0] ?? 0;
  const files: (DeliveredFile & { bytes: number; etag: string })[] = [];
  for (let n = 0; n < count; n += 1) {
    const fileId = randomUUID();
    const name = `${new Date(hourMs).toISOString()}-${String(n).padStart(6, '0')}-${fileId.slice(0, 8)}`;
    const key = `${routing.prefix}${partitionPath('events', hourMs)}/${name}.jsonl.gz`;
    const metadata = objectMetadata({ fileId, streamId, rows: 1, crcRaw: 1, lo: offset, hi: offset });
    const text = `${fileId}\n`;
    const { etag } = await store.control.putForeignObject({ bucket: store.bucket, key, text, metadata });
    files.push({ fileId, key, bytes: text.length, etag: `"${etag}"` });
  }
  await sql.query(MOVE_NEXT, [routing.routingId, streamId, offset]);
  await sql.query(INSERT_CUT, [
    routing.routingId,
    streamId,
    offset,
    count,
    store.endpoint,
    store.bucket,
    new Date(hourMs),
    files.map(({ fileId }) => fileId),
    files.map(({ key }) => key),
    files.map(({ bytes }) => bytes),
    files.map(({ etag }) => etag),
  ]);
  return files;
}
