import { formatDuration } from '@/lib/domain/format/duration';
import type { RoutingView } from '@/lib/domain/routing/view';

export interface SettingsDifference {
  readonly field: string;
  readonly before: string;
  readonly now: string;
}

const READERS: readonly (readonly [field: string, read: (routing: RoutingView) => string])[] = [
  ['Name', (routing) => routing.name],
  ['Data types', (routing) => [...routing.dataTypes].sort().join(', ')],
  ['Names of events', (routing) => [...routing.eventNames].sort().join(', ') || 'all'],
  ['Served by', ({ destination }) => destination.endpoint || 'Amazon S3'],
  ['Bucket', ({ destination }) => destination.bucket],
  ['Region', ({ destination }) => destination.region],
  ['Prefix', ({ destination }) => destination.prefix || 'none'],
  ['KMS key', ({ destination }) => destination.kmsKeyArn ?? 'none'],
  [
    'Access',
    ({ destination: { accessKeyIdLast4, roleArn } }) =>
      roleArn ??
      (accessKeyIdLast4 === null ? 'not given yet' : `access key that ends in ${accessKeyIdLast4}`),
  ],
  ['Promise', (routing) => formatDuration(routing.promiseSeconds * 1_000)],
  ['A file about every', (routing) => formatDuration(routing.flushIntervalMs)],
  ['Hour markers', (routing) => (routing.hourMarkers ? 'on' : 'off')],
  ['Looking in between', (routing) => (routing.accessProbe ? 'on' : 'off')],
];

/** What of the settings differs between the routing as an editor opened it and as it is stored now. */
export function settingsDifferences(before: RoutingView, now: RoutingView): SettingsDifference[] {
  return READERS.map(([field, read]) => ({ field, before: read(before), now: read(now) })).filter(
    (difference) => difference.before !== difference.now,
  );
}
