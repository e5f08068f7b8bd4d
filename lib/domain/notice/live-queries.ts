import { athenaTexts } from '@/lib/domain/query/athena';
import { duckdbTexts } from '@/lib/domain/query/duckdb';
import type { QueryText } from '@/lib/domain/query/query-place';
import type { NoticeOf } from './notice';

/** What to paste to see the data that has just begun to arrive. */
export function liveQueries(facts: NoticeOf<'live'>['facts']): readonly QueryText[] {
  const { bucket, prefix, region, dataTypes, deliveredAt } = facts;
  const place = { bucket, prefix, region, dataTypes, sinceYear: new Date(deliveredAt).getUTCFullYear() };
  const named = (engine: string) => (query: QueryText) => ({ ...query, title: `${engine}: ${query.title}` });
  const { setUp, texts } = duckdbTexts(place);
  return [...athenaTexts(place).map(named('Athena')), ...[setUp, ...texts].map(named('DuckDB'))];
}
