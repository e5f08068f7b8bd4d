import { describe, expect, test } from 'vitest';
import { EMPTY_DRAFT, KEPT_FIELDS, toCreateDraft } from './create-draft';

const endpointOf = (choice: string) => (choice === 'aws' ? '' : choice);
const untouched = {
  workspaceId: ['w'],
  name: [''],
  dataTypes: ['events', 'sync_aliases', 'segment'],
  endpoint: ['aws'],
  promiseSeconds: ['300'],
  flushIntervalSeconds: ['60'],
  access: ['now'],
};

describe('what a tab has kept of a new routing', () => {
  test('comes back as it was typed', () => {
    const kept = {
      ...untouched,
      name: ['Main site'],
      dataTypes: ['events'],
      bucket: ['b'],
      access: ['later'],
    };
    expect(toCreateDraft(kept, endpointOf)).toEqual({
      ...EMPTY_DRAFT,
      workspaceId: 'w',
      name: 'Main site',
      selection: { dataTypes: ['events'], eventNames: '' },
      place: { ...EMPTY_DRAFT.place, bucket: 'b' },
      access: 'later',
    });
  });

  test('is nothing while nothing was typed', () => {
    expect(toCreateDraft(untouched, endpointOf)).toBeNull();
    expect(toCreateDraft(null, endpointOf)).toBeNull();
  });

  test('never holds access keys', () => {
    expect(KEPT_FIELDS.filter((field) => /key(Id)?$|secret/i.test(field))).toEqual([]);
  });
});
