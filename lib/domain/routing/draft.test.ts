import { expect, test } from 'vitest';
import { draftFieldsSchema, keepValid } from './draft';

const VALID = {
  endpoint: '',
  bucket: 'aurora-events',
  region: 'eu-west-1',
  prefix: 'permutive',
  dataTypes: ['events', 'segment'],
  eventNames: ['Pageview'],
  promiseSeconds: 300,
  flushIntervalMs: 60_000,
  live: ['data@aurora.example'],
  ownerAccountId: '1234 5678 9012',
  placeBy: 'us',
  accessWays: 'role',
};

test('what is valid is kept as a routing would have it, and can be read again unchanged', () => {
  const { fields, faults } = keepValid(VALID);
  expect(faults).toEqual({});
  expect(fields).toMatchObject({
    bucket: 'aurora-events',
    prefix: 'permutive/',
    ownerAccountId: '123456789012',
    live: ['data@aurora.example'],
    accessWays: 'role',
  });
  expect(draftFieldsSchema.parse(JSON.parse(JSON.stringify(fields)))).toEqual(fields);
});

test('a field that is not valid is left out and named, and takes no other with it', () => {
  const { fields, faults } = keepValid({ ...VALID, bucket: 'Aurora', region: 'eu', live: ['data@'] });
  expect(Object.keys(faults).sort()).toEqual(['bucket', 'live', 'region']);
  expect(fields.bucket).toBeUndefined();
  expect(fields).toMatchObject({ prefix: 'permutive/', dataTypes: ['events', 'segment'] });
});

test('fields that contradict one another are not kept together', () => {
  const { fields, faults } = keepValid({ ...VALID, promiseSeconds: 60, prefix: 'aurora-events/x' });
  expect(Object.keys(faults).sort()).toEqual(['flushIntervalMs', 'prefix']);
  expect(fields.promiseSeconds).toBe(60);
  expect(fields.flushIntervalMs).toBeUndefined();
});

test('what is not typed yet is no fault', () => {
  const { faults } = keepValid({ bucket: '', region: '', promiseSeconds: Number.NaN, dataTypes: [] });
  expect(faults).toEqual({});
});
