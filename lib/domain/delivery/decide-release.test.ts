import { expect, test } from 'vitest';
import { decideRelease, type Place } from './decide-release';
import type { AttemptTrace } from './sealed-file';

const AT: Place = { endpoint: 'https://s3', bucket: 'old', prefix: 'in/' };
const HOUR_MS = Date.UTC(2026, 0, 15, 14);
const KEY = 'in/type=events/year=2026/month=01/day=15/hour=14/t-h-w.jsonl.gz';

function file(attempts: readonly AttemptTrace[], isConflict = false) {
  const { endpoint, bucket } = AT;
  return { endpoint, bucket, key: KEY, type: 'events' as const, hourMs: HOUR_MS, isConflict, attempts };
}

const REFUSED: AttemptTrace = { outcome: 'refused', httpStatus: 404 };
const UNSENT: AttemptTrace = { outcome: 'refused', httpStatus: null };
const TAKEN: AttemptTrace = { outcome: 'refused', httpStatus: 412 };
const UNKNOWN: AttemptTrace = { outcome: 'unknown', httpStatus: 500 };
const OPEN: AttemptTrace = { outcome: null, httpStatus: null };
const DONE: AttemptTrace = { outcome: 'done', httpStatus: 200 };

test.each([
  ['the same place', AT, 'stay'],
  ['another endpoint', { ...AT, endpoint: 'https://other' }, 'move'],
  ['another bucket', { ...AT, bucket: 'new' }, 'move'],
  ['another prefix', { ...AT, prefix: 'out/' }, 'move'],
  ['no prefix', { ...AT, prefix: '' }, 'move'],
  ['a longer prefix', { ...AT, prefix: 'in/deep/' }, 'move'],
  [
    'a prefix that ends as the key’s folder does',
    { ...AT, prefix: 'in/type=events/year=2026/month=01/day=15/hour=14/' },
    'move',
  ],
])('a refused cut whose routing delivers to %s: %s', (_, place, decision) => {
  expect(decideRelease([file([REFUSED])], place)).toBe(decision);
});

test.each([
  ['nothing was tried', [], false, 'move'],
  ['S3 refused everything', [REFUSED, UNSENT], false, 'move'],
  ['HEAD found a stranger’s object', [REFUSED, TAKEN], true, 'move'],
  ['HEAD could not say whose object it is', [REFUSED, TAKEN], false, 'may_exist'],
  ['one answer is unknown', [REFUSED, UNKNOWN], false, 'may_exist'],
  ['one attempt is open', [REFUSED, OPEN], false, 'may_exist'],
  ['one attempt was done', [DONE], false, 'may_exist'],
  ['one answer is unknown besides a stranger’s object', [UNKNOWN, TAKEN], true, 'may_exist'],
] as const)('to another bucket, when %s: %s', (_, attempts, isConflict, decision) => {
  expect(decideRelease([file(attempts, isConflict)], { ...AT, bucket: 'new' })).toBe(decision);
});

test('one file that may exist keeps its whole cut, and never needs to where the place is the same', () => {
  const files = [file([REFUSED]), file([UNKNOWN])];
  expect(decideRelease(files, { ...AT, bucket: 'new' })).toBe('may_exist');
  expect(decideRelease(files, AT)).toBe('stay');
});

test('a cut with nothing left to deliver stays', () => {
  expect(decideRelease([], { ...AT, bucket: 'new' })).toBe('stay');
});
