import { expect, test } from 'vitest';
import type { FindingView } from '@/lib/domain/reconciliation/view';
import { differenceOf } from './finding-words';

const finding: FindingView = {
  id: '1',
  kind: 'missing',
  subject: 's',
  bucket: null,
  key: null,
  fileId: null,
  type: 'events',
  hour: null,
  rows: null,
  detail: {},
  advice: '',
};

test.each<[Partial<FindingView>, string | null]>([
  [{ rows: 8_310 }, '8,310 rows'],
  [{ rows: 1 }, '1 row'],
  [{ kind: 'foreign', detail: { foundBytes: 2_100_000, foundEtag: null } }, '2.1 MB'],
  [{ kind: 'duplicate', rows: 3, detail: { foundBytes: 10, foundEtag: null } }, '3 rows'],
  [
    { kind: 'altered', rows: 5, detail: { recordedBytes: 2_000, foundBytes: 1_000 } },
    'delivered 2 kB, found 1 kB',
  ],
  [
    { kind: 'altered', detail: { recordedBytes: 1_000, foundBytes: 1_000 } },
    '1 kB as delivered, with other content',
  ],
  [{ kind: 'counts_differ', rows: 3, detail: { accepted: 9, chunkRows: 6 } }, 'accepted 9, in the log 6'],
  [{ kind: 'rows_differ', rows: 1, detail: { cutRows: 3, filesRows: 2 } }, 'cut 3 rows, files 2'],
  [{ kind: 'offsets_uncut', detail: { firstOffset: 1, lastOffset: 2 } }, null],
])('%j differs by %s', (change, words) => {
  expect(differenceOf({ ...finding, ...change })).toBe(words);
});
