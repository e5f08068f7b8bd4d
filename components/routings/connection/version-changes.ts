import type { DestinationVersionView } from '@/lib/domain/destination/version-view';

interface VersionChange {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

const READERS: readonly (readonly [field: string, read: (version: DestinationVersionView) => string])[] = [
  ['Bucket', ({ bucket }) => bucket],
  ['Prefix', ({ prefix }) => prefix || 'none'],
  ['Region', ({ region }) => region],
  ['Served by', ({ endpoint }) => endpoint || 'Amazon S3'],
  ['KMS key', ({ kmsKeyArn }) => kmsKeyArn ?? 'none'],
  // Two keys may end alike: when they were given tells them apart.
  [
    'Access key',
    ({ accessKeyIdLast4 }) => (accessKeyIdLast4 === null ? 'none' : `ends in ${accessKeyIdLast4}`),
  ],
  ['Role', ({ roleArn }) => roleArn ?? 'none'],
];

/** What a version of a destination changed against the one before it; access keys count by when they were given. */
export function versionChanges(
  before: DestinationVersionView,
  after: DestinationVersionView,
): VersionChange[] {
  const isKeyNew = before.accessGivenAt !== after.accessGivenAt && after.roleArn === null;
  return READERS.map(([field, read]) => ({ field, before: read(before), after: read(after) })).filter(
    (change) => change.before !== change.after || (change.field === 'Access key' && isKeyNew),
  );
}
