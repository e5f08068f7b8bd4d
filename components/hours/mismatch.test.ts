import { expect, test } from 'vitest';
import { mismatch } from './mismatch';

const whole = {
  accepted: 10,
  chunkRows: 10,
  delivered: 7,
  pending: 2,
  setAside: 1,
  gap: 0,
} as const;

test.each([
  ['everything is accounted for', {}, null],
  ['nothing is known', { accepted: null, chunkRows: null }, null],
  ['the chunks are not known', { chunkRows: null }, null],
  ['a row is nowhere', { delivered: 6 }, '1 row unaccounted for'],
  ['rows came from nowhere', { delivered: 1_009 }, '1,002 rows too many'],
  [
    'a chunk is gone',
    { chunkRows: 8, pending: 0 },
    '2 rows unaccounted for; the log holds 2 rows fewer than collectors accepted',
  ],
  ['a chunk holds too much', { chunkRows: 11 }, 'the log holds 1 row more than collectors accepted'],
])('when %s, the receipt says %j → %s', (_, change, words) => {
  expect(mismatch({ ...whole, ...change })).toBe(words);
});
