import type { ContactsText } from '@/components/routings/contacts/contact-fields';
import { dataTypeSchema } from '@/lib/domain/data-type';
import type { AccessChoice } from './access-section';
import type { DestinationDefaults } from './destination-section';
import { PROMISE_PRESETS } from './promise-presets';
import type { PromiseText } from './promise-section';
import type { Selection } from './selection-fields';
import type { Draft } from './use-tab-draft';

/** What the form of a new routing begins with. */
export interface CreateDraft {
  readonly workspaceId: string;
  readonly name: string;
  readonly selection: Selection;
  readonly place: DestinationDefaults;
  readonly promise: PromiseText;
  readonly access: AccessChoice;
  readonly contacts: ContactsText;
}

/** Kept over a reload within the tab. Access keys are not among them. */
export const KEPT_FIELDS = [
  'workspaceId',
  'name',
  'dataTypes',
  'eventNames',
  'endpoint',
  'bucket',
  'region',
  'prefix',
  'kmsKeyArn',
  'promiseSeconds',
  'flushIntervalSeconds',
  'access',
  'awsAdmin',
  'live',
] as const;

const TYPED_FIELDS = ['name', 'eventNames', 'bucket', 'region', 'prefix', 'kmsKeyArn', 'awsAdmin', 'live'];
const USUAL = PROMISE_PRESETS[0] ?? { promiseSeconds: 300, flushIntervalMs: 60_000 };

export const EMPTY_DRAFT: CreateDraft = {
  workspaceId: '',
  name: '',
  selection: { dataTypes: dataTypeSchema.options, eventNames: '' },
  place: { endpoint: '', bucket: '', region: '', prefix: '', kmsKeyArn: '' },
  promise: {
    promiseSeconds: String(USUAL.promiseSeconds),
    flushIntervalSeconds: String(USUAL.flushIntervalMs / 1_000),
  },
  access: 'now',
  contacts: { awsAdmin: '', live: '' },
};

/** What was kept, in the form's shape; null where nothing had been typed. */
export function toCreateDraft(
  kept: Draft | null,
  endpointOf: (choice: string) => string,
): CreateDraft | null {
  const text = (field: string) => kept?.[field]?.[0] ?? '';
  if (kept === null || TYPED_FIELDS.every((field) => text(field).trim() === '')) return null;
  const dataTypes = kept.dataTypes ?? [];
  return {
    workspaceId: text('workspaceId'),
    name: text('name'),
    selection: {
      dataTypes: dataTypeSchema.options.filter((type) => dataTypes.includes(type)),
      eventNames: text('eventNames'),
    },
    place: {
      endpoint: endpointOf(text('endpoint')),
      bucket: text('bucket'),
      region: text('region'),
      prefix: text('prefix'),
      kmsKeyArn: text('kmsKeyArn'),
    },
    promise: {
      promiseSeconds: text('promiseSeconds'),
      flushIntervalSeconds: text('flushIntervalSeconds'),
    },
    access: text('access') === 'later' ? 'later' : 'now',
    contacts: { awsAdmin: text('awsAdmin'), live: text('live') },
  };
}
