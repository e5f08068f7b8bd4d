import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparePage, type PageSides, type RecordedFile, type SeenObject } from './compare-page';

const FOLDER = 'p/type=events/';
const LISTED_AT = 1_000;

const recordedOf = (name: string, change: Partial<RecordedFile> = {}): RecordedFile => ({
  fileId: `id-${name}`,
  key: FOLDER + name,
  state: 'delivered',
  gzipBytes: 10,
  etag: '"e"',
  rows: 1,
  hourMs: 0,
  deliveredAtMs: LISTED_AT - 1,
  ...change,
});
const seenOf = (name: string, change: Partial<SeenObject> = {}): SeenObject => ({
  key: FOLDER + name,
  lengthBytes: 10,
  etag: '"e"',
  ...change,
});

function compare(
  recorded: readonly RecordedFile[],
  seen: readonly SeenObject[],
  change: Partial<PageSides> = {},
) {
  const page = comparePage({
    folder: FOLDER,
    until: `${FOLDER}z`,
    seen,
    hasMoreSeen: false,
    recorded,
    hasMoreRecorded: false,
    listedAtMs: LISTED_AT,
    unknownMax: 100,
    ...change,
  });
  const namesOf = (items: readonly { readonly key: string }[]) =>
    items.map(({ key }) => key.slice(FOLDER.length));
  return {
    missing: namesOf(page.missing),
    altered: namesOf(page.altered.map(({ file }) => file)),
    doubled: namesOf(page.doubled.map(({ file }) => file)),
    unknown: namesOf(page.unknown),
    upTo: page.upTo,
  };
}

const NOTHING = { missing: [], altered: [], doubled: [], unknown: [], upTo: null };

describe('a page of the bucket beside a page of the ledger', () => {
  test.each<[string, RecordedFile[], SeenObject[], Partial<typeof NOTHING> | object]>([
    ['the same files', [recordedOf('a')], [seenOf('a')], {}],
    ['a file that is gone', [recordedOf('a')], [], { missing: ['a'] }],
    ['a file delivered after the listing', [recordedOf('a', { deliveredAtMs: LISTED_AT })], [], {}],
    [
      'a file that is still on its way',
      [recordedOf('a', { state: 'sealed', etag: null })],
      [seenOf('a')],
      {},
    ],
    ['another length', [recordedOf('a')], [seenOf('a', { lengthBytes: 9 })], { altered: ['a'] }],
    ['another ETag', [recordedOf('a')], [seenOf('a', { etag: '"f"' })], { altered: ['a'] }],
    ['an ETag that was never recorded', [recordedOf('a', { etag: null })], [seenOf('a')], {}],
    ['an object nobody recorded', [], [seenOf('a')], { unknown: ['a'] }],
    [
      'a stranger’s object under our key',
      [recordedOf('a', { state: 'conflict' })],
      [seenOf('a')],
      { unknown: ['a'] },
    ],
    ['a file that was given up unwritten', [recordedOf('a', { state: 'released' })], [], {}],
    [
      'one that was written all the same',
      [recordedOf('a', { state: 'released' })],
      [seenOf('a')],
      { doubled: ['a'] },
    ],
    [
      'names that readers ignore',
      [],
      [seenOf('_complete.json'), seenOf('h/_x/a'), seenOf('.a'), seenOf('h/')],
      {},
    ],
    ['keys behind the range', [recordedOf('z1')], [seenOf('z2')], {}],
  ])('%s', (_, recorded, seen, found) => {
    expect(compare(recorded, seen)).toEqual({ ...NOTHING, ...found });
  });

  test('settles nothing behind the shorter of two pages that go on', () => {
    const recorded = ['a', 'b', 'd'].map((name) => recordedOf(name));
    const seen = ['a', 'c'].map((name) => seenOf(name));
    const both = compare(recorded, seen, { hasMoreSeen: true, hasMoreRecorded: true });
    expect(both).toEqual({ ...NOTHING, missing: ['b'], unknown: ['c'], upTo: `${FOLDER}c` });
    expect(compare(recorded, seen, { hasMoreRecorded: true })).toMatchObject({ missing: ['b', 'd'] });
  });

  test('looks into a bounded number of strangers and goes on behind the last of them', () => {
    const seen = ['a', 'b', 'c'].map((name) => seenOf(name));
    expect(compare([recordedOf('bb')], seen, { unknownMax: 2 })).toEqual({
      ...NOTHING,
      unknown: ['a', 'b'],
      upTo: `${FOLDER}b`,
    });
  });

  test('page by page says the same as all at once, whatever the sizes of the pages', () => {
    const names = fc.uniqueArray(
      fc.string({ unit: fc.constantFrom('a', 'b', 'é', '😀'), minLength: 1, maxLength: 4 }),
    );
    const sizes = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(names, names, sizes, sizes, (ofLedger, ofBucket, ledgerPage, bucketPage) => {
        const inOrder = (a: { key: string }, b: { key: string }) =>
          Buffer.compare(Buffer.from(a.key), Buffer.from(b.key));
        const recorded = ofLedger.map((name) => recordedOf(name)).sort(inOrder);
        const seen = ofBucket.map((name) => seenOf(name)).sort(inOrder);
        const until = `${FOLDER}\u{10ffff}`;
        const whole = compare(recorded, seen, { until });
        const sum = { missing: [] as string[], unknown: [] as string[] };
        let after: string | null = '';
        for (let pages = 0; after !== null && pages < 100; pages += 1) {
          const isBehind = (item: { key: string }) => inOrder(item, { key: after ?? '' }) > 0;
          const [files, objects] = [recorded.filter(isBehind), seen.filter(isBehind)];
          const page = compare(files.slice(0, ledgerPage), objects.slice(0, bucketPage), {
            until,
            hasMoreRecorded: files.length > ledgerPage,
            hasMoreSeen: objects.length > bucketPage,
            unknownMax: 2,
          });
          sum.missing.push(...page.missing);
          sum.unknown.push(...page.unknown);
          after = page.upTo;
        }
        expect(sum).toEqual({ missing: whole.missing, unknown: whole.unknown });
      }),
    );
  });
});
