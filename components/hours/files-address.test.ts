import { expect, test } from 'vitest';
import { filesHref, monthsBetween, rangeOfMonth, readFilesAddress } from './files-address';

const now = new Date('2026-11-22T14:32:07Z');
const dataTypes = ['events', 'segment'] as const;
const ID = '00000000-0000-4000-8000-000000000000';
const read = (query: Readonly<Record<string, string | string[] | undefined>>) =>
  readFilesAddress(query, { dataTypes, now });

test('what an address says comes back as the same address', () => {
  const address = read({ type: 'events', hour: '2026-10-03T07', file: ID, cursor: ID });
  expect(address).toEqual({
    type: 'events',
    month: '2026-10',
    hour: '2026-10-03T07:00:00.000Z',
    fileId: ID,
    cursor: ID,
  });
  const href = filesHref(ID, address);
  expect(href).toBe(`/routings/${ID}/files?type=events&hour=2026-10-03T07&cursor=${ID}&file=${ID}`);
  expect(read(Object.fromEntries(new URL(href, 'http://x').searchParams))).toEqual(address);
});

test.each([
  {},
  { type: 'sync_aliases', month: '2026-13', hour: 'x', file: 'x', cursor: 'x' },
  { type: ['events', 'events'], month: '2026-12', hour: '2026-11-22T15' },
])('nothing, nonsense and what is still to come are as if nothing was chosen: %o', (query) => {
  const nothing = { type: 'events', month: '2026-11', hour: null, fileId: null, cursor: null };
  expect(read(query)).toEqual(nothing);
});

test('snapshots have no hours', () => {
  expect(read({ type: 'segment', hour: '2026-11-22T11' }).hour).toBeNull();
});

test('a change replaces what it names and keeps the rest', () => {
  const address = read({ hour: '2026-11-22T11', file: ID });
  expect(filesHref(ID, address, { fileId: null })).toBe(
    `/routings/${ID}/files?type=events&hour=2026-11-22T11`,
  );
  const month = { hour: null, fileId: null, month: '2026-09' };
  expect(filesHref(ID, address, month)).toBe(`/routings/${ID}/files?type=events&month=2026-09`);
});

test('a month ends with its last hour, or with the one that has begun', () => {
  expect(rangeOfMonth('2026-10', now)).toEqual({
    from: '2026-10-01T00:00:00.000Z',
    to: '2026-11-01T00:00:00.000Z',
  });
  expect(rangeOfMonth('2026-11', now).to).toBe('2026-11-22T15:00:00.000Z');
});

test('months are listed newest first, over the turn of a year', () => {
  expect(monthsBetween(new Date('2025-11-30T23:00:00Z'), new Date('2026-02-01T00:00:00Z'))).toEqual([
    '2026-02',
    '2026-01',
    '2025-12',
    '2025-11',
  ]);
});
