import { describe, expect, test } from 'vitest';
import { dataTypeSchema } from '@/lib/domain/data-type';
import { athenaTexts } from './athena';

const place = {
  bucket: 'aurora-events',
  prefix: "o'hara/",
  region: 'eu-west-1',
  dataTypes: dataTypeSchema.options,
  sinceYear: 2026,
};
const textOf = (title: string, dataTypes = place.dataTypes) =>
  athenaTexts({ ...place, dataTypes }).find((one) => one.title === title)?.text ?? '';

describe('the Athena texts', () => {
  test('project partitions exactly as keys spell them', () => {
    const text = textOf('Table sluice_events');
    const slot = (name: string) => `${name}=$${`{${name}}`}`;
    const below = ['year', 'month', 'day', 'hour'].map(slot).join('/');
    expect(text).toContain(
      `'storage.location.template' = 's3://aurora-events/o''hara/type=events/${below}/'`,
    );
    for (const line of [
      "'projection.year.range' = '2026,2036'",
      "'projection.month.digits' = '2'",
      "'projection.day.range' = '1,31'",
      "'projection.hour.range' = '0,23'",
    ])
      expect(text).toContain(line);
  });

  test('leave segments unpartitioned and read the newest snapshot', () => {
    expect(textOf('Table sluice_segments')).not.toContain('PARTITIONED');
    expect(textOf('Events by segment')).toContain('max("$path")');
  });

  test('are those of the data types that the routing delivers', () => {
    const titles = athenaTexts({ ...place, dataTypes: ['segment'] }).map(({ title }) => title);
    expect(titles).toEqual(['Table sluice_segments']);
    expect(textOf('Events by segment', ['events'])).toBe('');
  });

  test('double a quote, so that no name ends a string', () => {
    for (const { text } of athenaTexts(place)) expect(text.split("'").length % 2).toBe(1);
  });
});
