import type { RoutingDraftView } from '@/lib/domain/routing/draft';
import { type CreateDraft, toCreateDraft } from './create-draft';
import type { SettingsDifference } from './settings-differences';

const WAYS = { any: 'as they like', role: 'role only', keys: 'keys only' } as const;

const READERS: readonly (readonly [field: string, read: (draft: CreateDraft) => string])[] = [
  ['Name', (draft) => draft.name ?? ''],
  ['Data types', (draft) => draft.selection.dataTypes.join(', ')],
  ['Names of events', (draft) => draft.selection.eventNames || 'all'],
  ['Served by', (draft) => draft.place.endpoint || 'Amazon S3'],
  ['Bucket', (draft) => draft.place.bucket || 'none'],
  ['Region', (draft) => draft.place.region || 'none'],
  ['Prefix', (draft) => draft.place.prefix || 'none'],
  ['KMS key', (draft) => draft.place.kmsKeyArn || 'none'],
  ['Promise, in seconds', (draft) => draft.promise.promiseSeconds],
  ['A file about every, in seconds', (draft) => draft.promise.flushIntervalSeconds],
  ['Who names the bucket', (draft) => (draft.placeBy === 'us' ? 'we' : 'the customer')],
  ['AWS account', (draft) => draft.ownerAccountId || 'not named'],
  ['How they give access', (draft) => WAYS[draft.accessWays]],
  ['AWS admin', (draft) => draft.contacts.awsAdmin || 'nobody'],
  ['Tell when it is live', (draft) => draft.contacts.live || 'nobody'],
];

/** What differs between a draft as an editor opened it and as it is stored now. */
export function draftDifferences(before: RoutingDraftView, now: RoutingDraftView): SettingsDifference[] {
  const [old, present] = [toCreateDraft(before), toCreateDraft(now)];
  const whose = [
    { field: 'Organization', before: before.organization.name, now: now.organization.name },
    { field: 'Workspace', before: before.workspace.name, now: now.workspace.name },
  ];
  const rest = READERS.map(([field, read]) => ({ field, before: read(old), now: read(present) }));
  return [...whose, ...rest].filter((difference) => difference.before !== difference.now);
}
