import { expect, test } from 'vitest';
import { reconciliationVerdict } from './verdict';

const clean = {
  state: 'done',
  heldCause: null,
  files: 1_204,
  isListed: true,
  counts: {},
  found: 0,
  percent: 100,
} as const;

test.each<[string, Partial<Parameters<typeof reconciliationVerdict>[0]>]>([
  ['Everything adds up: 1,204 files in the bucket, the ledger and the log agree.', {}],
  [
    'Objects that are not ours cannot be seen: the access does not include s3:ListBucket.',
    { isListed: false },
  ],
  [
    'Not everything adds up: 2 missing files, 1 copy of a file, among 1,204 files.',
    { found: 3, counts: { duplicate: 1, missing: 2 } },
  ],
  ['Comparing: 1,204 files so far, 40 %.', { state: 'running', percent: 40 }],
  ['It waits, and tries again by itself.', { state: 'running', heldCause: 'access_key_unknown' }],
  ['the routing was archived', { state: 'failed', heldCause: 'routing_archived' }],
  ['given up after a day of failed tries', { state: 'failed', heldCause: 'bucket_missing' }],
])('says “%s”', (words, change) => {
  expect(reconciliationVerdict({ ...clean, ...change })).toContain(words);
});
