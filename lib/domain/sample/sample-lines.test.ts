import { expect, test } from 'vitest';
import { type DataType, dataTypeSchema } from '@/lib/domain/data-type';
import { eventLineSchema, segmentLineSchema, syncAliasLineSchema } from '@/lib/domain/event/event-lines';
import { FIELD_WORDS } from './field-words';
import { keyTree } from './key-tree';
import { sampleLines } from './sample-lines';

const SCHEMAS = { events: eventLineSchema, sync_aliases: syncAliasLineSchema, segment: segmentLineSchema };
const AT = {
  workspaceId: '11111111-1111-4111-8111-111111111111',
  eventId: '22222222-2222-4222-8222-222222222222',
  time: '2026-01-15T14:00:00.000Z',
};
const lineOf = (type: DataType): unknown => JSON.parse(sampleLines(type, AT).toString());

test.each(dataTypeSchema.options)('a sample of %s is one whole line of the published format', (type) => {
  const text = sampleLines(type, AT).toString();
  expect(text.indexOf('\n')).toBe(text.length - 1);
  const line = SCHEMAS[type].parse(JSON.parse(text));
  expect(line.workspace_id).toBe(AT.workspaceId);
});

test.each(dataTypeSchema.options)('a sample of %s says of itself that it is no data', (type) => {
  expect(sampleLines(type, AT).toString()).toMatch(/Written by Sluice|written-by-sluice/);
});

test.each(dataTypeSchema.options)('every field of %s is explained, in the order of the line', (type) => {
  expect(FIELD_WORDS[type].map(({ field }) => field)).toEqual(Object.keys(lineOf(type) as object));
});

test('a key is shown folder by folder below its own folder, its name last', () => {
  expect(keyTree('aurora', 'type=x/_sluice/check/type=events/year=2026/x.jsonl.gz')).toEqual([
    's3://aurora/type=x/_sluice/check/',
    'type=events/',
    'year=2026/',
    'x.jsonl.gz',
  ]);
});
