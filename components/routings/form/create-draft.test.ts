import { expect, test } from 'vitest';
import { keepValid, type RoutingDraftView } from '@/lib/domain/routing/draft';
import { EMPTY_DRAFT, toCreateDraft } from './create-draft';
import { draftDifferences } from './draft-differences';

function draftOf(fields: Record<string, unknown>, name = 'Main site'): RoutingDraftView {
  return {
    id: 'a',
    version: 1,
    name,
    organization: { id: 'o', name: 'Aurora News' },
    workspace: { id: 'w', name: 'Main site' },
    fields: keepValid(fields).fields,
    savedBy: { id: 'u', name: 'Mia Koch' },
    savedAt: '2026-11-22T14:30:11.000Z',
  };
}

test('a draft that holds only whose it is begins like an empty form', () => {
  expect(toCreateDraft(draftOf({}))).toEqual({ ...EMPTY_DRAFT, workspaceId: 'w', name: 'Main site' });
});

test('what a draft holds comes back as it is typed', () => {
  const fields = {
    bucket: 'aurora-events',
    prefix: 'permutive',
    kmsKeyArn: '',
    eventNames: ['Pageview', 'SlotClicked'],
    live: ['data@aurora.example', 'ops@aurora.example'],
    promiseSeconds: 60,
    flushIntervalMs: 15_000,
  };
  expect(toCreateDraft(draftOf(fields))).toMatchObject({
    place: { bucket: 'aurora-events', region: '', prefix: 'permutive/', kmsKeyArn: '' },
    selection: { eventNames: 'Pageview, SlotClicked' },
    promise: { promiseSeconds: '60', flushIntervalSeconds: '15' },
    contacts: { awsAdmin: '', live: 'data@aurora.example, ops@aurora.example' },
  });
});

test('of two versions of a draft only what differs is told', () => {
  expect(draftDifferences(draftOf({ bucket: 'aurora-events' }), draftOf({}, 'App'))).toEqual([
    { field: 'Name', before: 'Main site', now: 'App' },
    { field: 'Bucket', before: 'aurora-events', now: 'none' },
  ]);
});
