import type { DataType } from '@/lib/domain/data-type';
import { COLUMNS, PARTITIONS, TABLE_NAMES } from './columns';
import { type QueryPlace, type QueryText, s3Root, sqlString } from './query-place';

/** DuckDB (1.1 or later) over the bucket: how it gets in, views with names filled in, and queries to begin with. */
export function duckdbTexts(place: QueryPlace): {
  readonly setUp: QueryText;
  readonly texts: readonly QueryText[];
} {
  return {
    setUp: {
      title: 'Let DuckDB read the bucket, as you',
      text: [
        'INSTALL httpfs; LOAD httpfs; INSTALL aws; LOAD aws;',
        '-- Takes the AWS identity of your machine: a profile, single sign-on or a role.',
        `CREATE OR REPLACE SECRET sluice (TYPE s3, PROVIDER credential_chain, REGION ${sqlString(place.region)});`,
      ].join('\n'),
    },
    texts: [
      { title: 'Views', text: place.dataTypes.map((type) => view(place, type)).join('\n\n') },
      ...EXAMPLES.filter(({ needs }) => needs.every((type) => place.dataTypes.includes(type))),
    ],
  };
}

function view(place: QueryPlace, type: DataType): string {
  const columns = COLUMNS[type].map(({ name, duckdb }) => `${name}: ${sqlString(duckdb)}`).join(', ');
  const isPartitioned = type !== 'segment';
  const below = isPartitioned ? 'year=*/month=*/day=*/hour=*/' : '';
  const hive = isPartitioned
    ? `hive_partitioning = true, hive_types = {${PARTITIONS.map(({ name }) => `${name}: INTEGER`).join(', ')}}`
    : 'filename = true';
  // Every file of segments is the whole set; readers want the newest.
  const newest = isPartitioned ? '' : '\nQUALIFY filename = max(filename) OVER ()';
  return [
    `CREATE OR REPLACE VIEW ${TABLE_NAMES[type]} AS SELECT * FROM read_json(`,
    `  ${sqlString(`${s3Root(place)}type=${type}/${below}*.jsonl.gz`)},`,
    `  format = 'newline_delimited', compression = 'gzip', ${hive},`,
    `  columns = {${columns}})${newest};`,
  ].join('\n');
}

const EXAMPLES: readonly (QueryText & { readonly needs: readonly DataType[] })[] = [
  {
    title: 'Events of today by hour and name',
    needs: ['events'],
    text: `SELECT hour, name, count(*) AS events
FROM sluice_events
WHERE make_date(year, month, day) = (now() AT TIME ZONE 'UTC')::DATE
GROUP BY ALL ORDER BY hour, name;`,
  },
  {
    title: 'Nothing twice: every event id once',
    needs: ['events'],
    text: `SELECT count(*) AS lines, count(DISTINCT event_id) AS events
FROM sluice_events
WHERE make_date(year, month, day) = (now() AT TIME ZONE 'UTC')::DATE;`,
  },
  {
    title: 'Out of properties: events by domain',
    needs: ['events'],
    text: `SELECT properties->'client'->>'domain' AS domain, count(*) AS events, max(time) AS newest
FROM sluice_events
WHERE make_date(year, month, day) = (now() AT TIME ZONE 'UTC')::DATE
GROUP BY ALL ORDER BY events DESC LIMIT 20;`,
  },
  {
    title: 'Events by segment',
    needs: ['events', 'segment'],
    text: `SELECT s.number, s.name, count(*) AS events
FROM (SELECT unnest(segments) AS number FROM sluice_events
      WHERE make_date(year, month, day) = (now() AT TIME ZONE 'UTC')::DATE) e
JOIN sluice_segments s USING (number)
GROUP BY ALL ORDER BY events DESC;`,
  },
  {
    title: 'The best alias of each user and tag',
    needs: ['sync_aliases'],
    text: `SELECT DISTINCT ON (user_id, tag) user_id, tag, id
FROM sluice_sync_aliases
ORDER BY user_id, tag, priority ASC NULLS LAST, time DESC;`,
  },
];
