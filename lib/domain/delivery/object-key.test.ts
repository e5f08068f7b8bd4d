import { expect, test } from 'vitest';
import { keyHashInput, objectKey, partitionPath, prefixOfKey } from './object-key';

const AT = Date.UTC(2026, 0, 5, 4, 7, 9, 8);

test('events lie in a Hive partition of the hour of receipt, zero-padded, in UTC', () => {
  expect(partitionPath('events', Date.UTC(2026, 0, 5, 4))).toBe(
    'type=events/year=2026/month=01/day=05/hour=04',
  );
  expect(partitionPath('sync_aliases', Date.UTC(2026, 11, 31, 23))).toBe(
    'type=sync_aliases/year=2026/month=12/day=31/hour=23',
  );
});

test('a segment snapshot is not partitioned', () => {
  expect(partitionPath('segment', null)).toBe('type=segment');
});

test('a key is prefix, partition, time of sealing to the microsecond, 12 hex digits and the worker', () => {
  const key = objectKey({
    prefix: 'exports/',
    partition: 'type=segment',
    sealedAtMs: AT,
    sha256Hex: 'abcdef0123456789',
    workerId: 'w1',
  });
  expect(key).toBe('exports/type=segment/2026-01-05T04:07:09.008000Z-abcdef012345-w1.jsonl.gz');
});

test('without a prefix a key begins with its partition', () => {
  const parts = { prefix: '', partition: 'type=segment', sealedAtMs: AT, sha256Hex: '0'.repeat(64) };
  expect(objectKey({ ...parts, workerId: 'w' })).toMatch(/^type=segment\//);
});

test('every coordinate changes what is hashed', () => {
  const at = { routingId: 'r', streamId: 1, generation: 1, lo: 0, hi: 9, partition: 'p' };
  const others = [
    { ...at, routingId: 's' },
    { ...at, streamId: 2 },
    { ...at, generation: 2 },
    { ...at, lo: 1 },
    { ...at, hi: 10 },
    { ...at, partition: 'q' },
  ];
  expect(new Set([at, ...others].map(keyHashInput)).size).toBe(7);
});

test.each([
  ['exports/', AT],
  ['', AT],
  ['a/type=events/', AT],
  ['exports/', null],
])('a key gives back its prefix (%s, %s)', (prefix, hourMs) => {
  const at = { type: 'events' as const, hourMs };
  const partition = partitionPath(at.type, hourMs);
  const key = objectKey({ prefix, partition, sealedAtMs: AT, sha256Hex: '0'.repeat(64), workerId: 'w' });
  expect(prefixOfKey(key, at)).toBe(prefix);
});
