import type { DataType } from '@/lib/domain/data-type';

interface Column {
  readonly name: string;
  readonly athena: string;
  readonly duckdb: string;
}

const text = (name: string): Column => ({ name, athena: 'string', duckdb: 'VARCHAR' });

/**
 * The fields of a line of each type. Identifiers are UUIDs and read as text: engines join text faster than they agree
 * on a UUID type. `time` stays text in Athena, which reads no RFC 3339 timestamps from JSON. `properties` is JSON:
 * what it holds differs between events.
 */
export const COLUMNS: Readonly<Record<DataType, readonly Column[]>> = {
  events: [
    text('event_id'),
    { name: 'time', athena: 'string', duckdb: 'TIMESTAMPTZ' },
    text('name'),
    text('workspace_id'),
    text('user_id'),
    text('session_id'),
    text('view_id'),
    { name: 'segments', athena: 'array<bigint>', duckdb: 'BIGINT[]' },
    { name: 'cohorts', athena: 'array<string>', duckdb: 'VARCHAR[]' },
    { name: 'properties', athena: 'string', duckdb: 'JSON' },
  ],
  sync_aliases: [
    text('event_id'),
    { name: 'time', athena: 'string', duckdb: 'TIMESTAMPTZ' },
    text('workspace_id'),
    text('user_id'),
    text('tag'),
    text('id'),
    { name: 'priority', athena: 'bigint', duckdb: 'BIGINT' },
  ],
  segment: [
    { name: 'number', athena: 'bigint', duckdb: 'BIGINT' },
    text('id'),
    text('name'),
    text('description'),
    { name: 'tags', athena: 'array<string>', duckdb: 'VARCHAR[]' },
    text('state'),
    text('workspace_id'),
    { name: 'created_at', athena: 'string', duckdb: 'TIMESTAMPTZ' },
    { name: 'last_updated_at', athena: 'string', duckdb: 'TIMESTAMPTZ' },
  ],
};

/** What tables and views are called in every engine. */
export const TABLE_NAMES: Readonly<Record<DataType, string>> = {
  events: 'sluice_events',
  sync_aliases: 'sluice_sync_aliases',
  segment: 'sluice_segments',
};

/** Partition columns below `type=`, outermost first, and the range each projects over. */
export const PARTITIONS = [
  { name: 'year', digits: 4, range: null },
  { name: 'month', digits: 2, range: '1,12' },
  { name: 'day', digits: 2, range: '1,31' },
  { name: 'hour', digits: 2, range: '0,23' },
] as const;
