import { expect, test } from 'vitest';
import { TokenBuckets } from './token-buckets';

test('a bucket gives its burst at once and then its rate', () => {
  const buckets = new TokenBuckets(10, 3);
  expect([1, 2, 3, 4].map(() => buckets.take('a', 0))).toEqual([true, true, true, false]);
  expect(buckets.take('a', 99)).toBe(false);
  expect(buckets.take('a', 101)).toBe(true);
  expect(buckets.take('a', 101)).toBe(false);
});

test('a silent name saves up no more than the burst', () => {
  const buckets = new TokenBuckets(10, 2);
  buckets.take('a', 0);
  expect([1, 2, 3].map(() => buckets.take('a', 1_000_000))).toEqual([true, true, false]);
});

test('names do not take from each other', () => {
  const buckets = new TokenBuckets(1, 1);
  expect([buckets.take('a', 0), buckets.take('b', 0), buckets.take('a', 0)]).toEqual([true, true, false]);
});
