import { expect, test } from 'vitest';
import type { DestinationVersionView } from '@/lib/domain/destination/version-view';
import { versionChanges } from './version-changes';

const first: DestinationVersionView = {
  version: 1,
  endpoint: '',
  bucket: 'aurora-events',
  region: 'eu-west-1',
  prefix: '',
  kmsKeyArn: null,
  accessKeyIdLast4: null,
  roleArn: null,
  accessGivenAt: null,
  createdAt: '2026-11-22T14:00:00Z',
  createdBy: null,
  compromisedAt: null,
  isErased: false,
  state: 'replaced',
  adoptedAt: null,
  isInUse: false,
  openCuts: 0,
};
const given = { ...first, version: 2, accessKeyIdLast4: 'AAAA', accessGivenAt: '2026-11-22T15:00:00Z' };

test('a version says what it changed, in the words of the page', () => {
  expect(versionChanges(first, given)).toEqual([
    { field: 'Access key', before: 'none', after: 'ends in AAAA' },
  ]);
  expect(versionChanges(given, { ...given, prefix: 'sluice/', bucket: 'borealis' })).toEqual([
    { field: 'Bucket', before: 'aurora-events', after: 'borealis' },
    { field: 'Prefix', before: 'none', after: 'sluice/' },
  ]);
});

test('new keys that end like the old ones are a change all the same', () => {
  const rotated = { ...given, version: 3, accessGivenAt: '2026-11-23T15:00:00Z' };
  expect(versionChanges(given, rotated)).toEqual([
    { field: 'Access key', before: 'ends in AAAA', after: 'ends in AAAA' },
  ]);
});
