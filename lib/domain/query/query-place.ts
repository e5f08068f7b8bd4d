import type { DataType } from '@/lib/domain/data-type';

/** What a query text needs of a routing. */
export interface QueryPlace {
  readonly bucket: string;
  /** Empty, or ending in a slash. */
  readonly prefix: string;
  readonly region: string;
  readonly dataTypes: readonly DataType[];
  /** The first year that partitions may have. */
  readonly sinceYear: number;
}

/** Text to paste into a query engine. */
export interface QueryText {
  readonly title: string;
  readonly text: string;
}

/** A string literal of SQL (Athena, DuckDB): quotes doubled. */
export function sqlString(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** `s3://bucket/prefix` with its slash at the end. */
export function s3Root({ bucket, prefix }: Pick<QueryPlace, 'bucket' | 'prefix'>): string {
  return `s3://${bucket}/${prefix}`;
}
