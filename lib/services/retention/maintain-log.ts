import { RETENTION_DAYS } from '@/lib/domain/chunk/retention';
import { maintainPartitions, type PartitionReport } from '@/lib/platform/event-log/partitions';
import type { Sql } from '@/lib/platform/sql';
import { expireLanes } from './expire-lanes';

const NEEDED = `SELECT 1 FROM lane l JOIN log.stream s ON s.id = l.stream_id JOIN routing r ON r.id = l.routing_id
  JOIN log.chunk k ON k.stream_id = l.stream_id AND k."offset" = l.done
  WHERE (log.is_started(r.lifecycle) OR r.lifecycle = 'draining')
    AND least(s.next_offset, l.end_offset) > l.done AND (l.next > l.done OR s.type = ANY (r.data_types))
    AND k.part < (now() AT TIME ZONE 'UTC')::date - $1::int
  LIMIT 1`;

/**
 * Readies the log's partitions and drops those past the retention, in this order: what lies in them undelivered is
 * recorded while it can still be counted and dated. While a PUT of it may be under way it is not, and the day stays for
 * another one at most, so that no lane keeps the disk for ever.
 */
export async function maintainLog(sql: Sql, workerId: string): Promise<PartitionReport> {
  await expireLanes(sql, workerId);
  const { rows } = await sql.query(NEEDED, [RETENTION_DAYS]);
  const retentionDays = rows.length > 0 ? RETENTION_DAYS + 1 : RETENTION_DAYS;
  return maintainPartitions(sql, { retentionDays });
}
