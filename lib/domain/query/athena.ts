import type { DataType } from '@/lib/domain/data-type';
import { COLUMNS, PARTITIONS, TABLE_NAMES } from './columns';
import { type QueryPlace, type QueryText, s3Root, sqlString } from './query-place';

const YEARS_AHEAD = 10;

/**
 * Tables of Athena with partition projection, so that no crawler runs and a new hour is there with its first file,
 * and queries to begin with.
 */
export function athenaTexts(place: QueryPlace): readonly QueryText[] {
  const tables = place.dataTypes.map((type) => ({
    title: `Table ${TABLE_NAMES[type]}`,
    text: table(place, type),
  }));
  const examples = EXAMPLES.filter(({ needs }) => needs.every((type) => place.dataTypes.includes(type)));
  return [...tables, ...examples.map(({ title, text }) => ({ title, text: `${PUT_IN_THE_DAY}\n${text}` }))];
}

function table(place: QueryPlace, type: DataType): string {
  const columns = COLUMNS[type].map(({ name, athena }) => `  \`${name}\` ${athena}`).join(',\n');
  const location = `${s3Root(place)}type=${type}/`;
  const head = `CREATE EXTERNAL TABLE ${TABLE_NAMES[type]} (\n${columns}\n)`;
  const serde = "ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'";
  if (type === 'segment') return `${head}\n${serde}\nLOCATION ${sqlString(location)};`;
  const partitions = PARTITIONS.map(({ name }) => `${name} string`).join(', ');
  const template = PARTITIONS.map(({ name }) => `${name}=\${${name}}`).join('/');
  const properties = [
    ['projection.enabled', 'true'],
    ...PARTITIONS.flatMap(({ name, digits, range }) => [
      [`projection.${name}.type`, 'integer'],
      [`projection.${name}.range`, range ?? `${place.sinceYear},${place.sinceYear + YEARS_AHEAD}`],
      [`projection.${name}.digits`, String(digits)],
    ]),
    ['storage.location.template', `${location}${template}/`],
  ].map(([name = '', value = '']) => `  ${sqlString(name)} = ${sqlString(value)}`);
  return [
    head,
    `PARTITIONED BY (${partitions})`,
    serde,
    `LOCATION ${sqlString(location)}`,
    `TBLPROPERTIES (\n${properties.join(',\n')}\n);`,
  ].join('\n');
}

const PUT_IN_THE_DAY = '-- Put in the day, in UTC; a day that is named keeps the scan small.';
const DAY = "year = '2026' AND month = '01' AND day = '15'";

const EXAMPLES: readonly (QueryText & { readonly needs: readonly DataType[] })[] = [
  {
    title: 'Events of a day by hour and name',
    needs: ['events'],
    text: `SELECT hour, name, count(*) AS events
FROM sluice_events
WHERE ${DAY}
GROUP BY hour, name ORDER BY hour, name;`,
  },
  {
    title: 'Nothing twice: every event id once',
    needs: ['events'],
    text: `SELECT count(*) AS lines, count(DISTINCT event_id) AS events
FROM sluice_events
WHERE ${DAY};`,
  },
  {
    title: 'Out of properties: events by domain',
    needs: ['events'],
    text: `SELECT json_extract_scalar(properties, '$.client.domain') AS domain, count(*) AS events,
  max(from_iso8601_timestamp("time")) AS newest
FROM sluice_events
WHERE ${DAY}
GROUP BY 1 ORDER BY events DESC LIMIT 20;`,
  },
  {
    title: 'Events by segment',
    needs: ['events', 'segment'],
    text: `SELECT s.number, s.name, count(*) AS events
FROM sluice_events CROSS JOIN UNNEST(segments) AS held (number)
JOIN sluice_segments s ON s.number = held.number
  AND s."$path" = (SELECT max("$path") FROM sluice_segments)
WHERE ${DAY}
GROUP BY s.number, s.name ORDER BY events DESC;`,
  },
  {
    title: 'The best alias of each user and tag',
    needs: ['sync_aliases'],
    text: `SELECT user_id, tag, min_by(id, coalesce(priority, 9223372036854775807)) AS id
FROM sluice_sync_aliases
WHERE ${DAY}
GROUP BY user_id, tag;`,
  },
];
