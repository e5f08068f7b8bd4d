import { type DataType, dataTypeSchema } from '@/lib/domain/data-type';
import { fileKindSchema } from '@/lib/domain/delivery/file-kind';
import type { FileDetailView, FileView } from '@/lib/domain/routing/view';
import type { Db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';

interface FileFilter {
  readonly routingId?: string;
  readonly fileId?: string;
  /** Null: of every organization. */
  readonly organizationId: string | null;
  readonly type?: DataType;
  /** Start of an hour, RFC 3339; snapshots, which are not partitioned, are in that of their receipt. */
  readonly hour?: string;
  /** Only files delivered before this one. */
  readonly afterId?: string;
  readonly limit: number;
}

interface FileRow {
  readonly id: string;
  readonly routing_id: string;
  readonly key: string;
  readonly bucket: string;
  readonly type: string;
  readonly hour: Date | null;
  readonly rows: number;
  readonly gzip_bytes: number | null;
  readonly sealed_at: Date;
  readonly delivered_at: Date;
  readonly latency_ms: number;
  readonly attempts: number;
  readonly lo: number;
  readonly hi: number;
  readonly crc_raw: number;
  readonly raw_bytes: number;
  readonly kind: string;
  readonly etag: string | null;
}

type FileContent = Omit<FileDetailView, keyof FileView | 'attemptList'>;

/** Delivered files, newest first, each with its routing's id and what it holds. */
export async function readFileViews(
  db: Db,
  filter: FileFilter,
): Promise<{ view: FileView; content: FileContent }[]> {
  const rows = await db.$queryRaw<FileRow[]>`
    SELECT f.id, f.routing_id, f.key, f.bucket, f.type, f.hour, f.rows::float8 AS rows,
      f.gzip_bytes::float8 AS gzip_bytes, c.sealed_at, f.delivered_at,
      round(extract(epoch FROM f.delivered_at - f.received_min) * 1000)::float8 AS latency_ms,
      f.lo::float8 AS lo, f.hi::float8 AS hi, f.crc_raw::float8 AS crc_raw, f.raw_bytes::float8 AS raw_bytes,
      f.kind, f.etag, (SELECT count(*)::int FROM attempt a WHERE a.file_id = f.id) AS attempts
    FROM file f JOIN cut c ON c.id = f.cut_id
    WHERE f.state = 'delivered' AND ${Prisma.join(conditionsOf(filter), ' AND ')}
    ORDER BY f.delivered_at DESC, f.id
    LIMIT ${filter.limit}`;
  return rows.map((row) => ({ view: toFileView(row), content: toFileContent(row) }));
}

function conditionsOf({ routingId, fileId, organizationId, type, hour, afterId }: FileFilter): Prisma.Sql[] {
  const conditions = [
    Prisma.sql`(${organizationId}::uuid IS NULL OR f.organization_id = ${organizationId}::uuid)`,
  ];
  if (routingId !== undefined) conditions.push(Prisma.sql`f.routing_id = ${routingId}::uuid`);
  if (fileId !== undefined) conditions.push(Prisma.sql`f.id = ${fileId}::uuid`);
  if (type !== undefined) conditions.push(Prisma.sql`f.type = ${type}`);
  if (hour !== undefined) {
    const inHour =
      type === 'segment'
        ? Prisma.sql`f.hour IS NULL AND date_trunc('hour', f.received_min, 'UTC') = ${hour}::timestamptz`
        : Prisma.sql`f.hour = ${hour}::timestamptz`;
    conditions.push(inHour);
  }
  if (afterId !== undefined) {
    const after = Prisma.sql`(SELECT a.delivered_at FROM file a WHERE a.id = ${afterId}::uuid)`;
    conditions.push(
      Prisma.sql`f.delivered_at <= ${after} AND (f.id > ${afterId}::uuid OR f.delivered_at < ${after})`,
    );
  }
  return conditions;
}

function toFileView(row: FileRow): FileView {
  return {
    id: row.id,
    key: row.key,
    bucket: row.bucket,
    type: dataTypeSchema.parse(row.type),
    hour: row.hour?.toISOString() ?? null,
    rows: row.rows,
    gzipBytes: row.gzip_bytes ?? 0,
    sealedAt: row.sealed_at.toISOString(),
    deliveredAt: row.delivered_at.toISOString(),
    latencyMs: row.latency_ms,
    attempts: row.attempts,
  };
}

function toFileContent(row: FileRow): FileContent {
  return {
    routingId: row.routing_id,
    firstOffset: row.lo,
    lastOffset: row.hi,
    crc32: row.crc_raw.toString(16).padStart(8, '0'),
    rawBytes: row.raw_bytes,
    kind: fileKindSchema.parse(row.kind),
    etag: row.etag,
  };
}
