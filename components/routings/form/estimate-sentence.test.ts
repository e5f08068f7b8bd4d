import { expect, test } from 'vitest';
import { estimateSentence } from './estimate-sentence';

const usual = { flushIntervalMs: 60_000, isFiltered: false, traffic: {} };

test('files and PUTs follow from the flush interval, and bytes are not guessed', () => {
  expect(estimateSentence({ ...usual, dataTypes: ['events'] })).toBe(
    'We estimate up to 1,440 files a day and 0.22 USD a month of PUT requests (list price of us-east-1, June 2025).',
  );
  expect(estimateSentence({ ...usual, dataTypes: ['events', 'sync_aliases', 'segment'] })).toContain(
    'up to 2,881 files a day (more when segments change) and 0.43 USD',
  );
  expect(estimateSentence({ ...usual, dataTypes: ['segment'] })).toContain('1 file a day');
  expect(estimateSentence({ ...usual, dataTypes: ['segment'] })).toContain('less than 0.01 USD');
});

test('bytes are told where they were measured, as an upper bound behind a filter', () => {
  const measured = { ...usual, dataTypes: ['events'], traffic: { events: 38_000_000, segment: 1 } } as const;
  expect(estimateSentence(measured)).toContain(' About 1.1 GB a month, as this workspace has sent');
  expect(estimateSentence({ ...measured, isFiltered: true })).toContain(' At most 1.1 GB a month');
});

test('nothing is said while there is nothing to say', () => {
  expect(estimateSentence({ ...usual, dataTypes: [] })).toBeNull();
  expect(estimateSentence({ ...usual, flushIntervalMs: Number.NaN, dataTypes: ['events'] })).toBeNull();
});
