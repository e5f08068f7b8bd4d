import type { ContactsText } from '@/components/routings/contacts/contact-fields';
import { dataTypeSchema } from '@/lib/domain/data-type';
import type { AccessWays } from '@/lib/domain/destination/access-ways';
import type { PlaceBy, RoutingDraftView } from '@/lib/domain/routing/draft';
import type { Place } from './apply-pasted';
import type { DestinationDefaults } from './destination-section';
import { PROMISE_PRESETS } from './promise-presets';
import type { PromiseText } from './promise-section';
import type { Selection } from './selection-fields';

/** What the form of a new routing begins with, as its fields hold it. */
export interface CreateDraft {
  readonly workspaceId: string;
  /** Null: nobody has named it, so that it is named like its workspace. */
  readonly name: string | null;
  readonly selection: Selection;
  readonly place: DestinationDefaults;
  readonly promise: PromiseText;
  readonly contacts: ContactsText;
  readonly placeBy: PlaceBy;
  readonly ownerAccountId: string;
  readonly accessWays: AccessWays;
}

/** What of the form the customer will see, as it is typed. */
export interface LiveFacts extends Pick<CreateDraft, 'placeBy' | 'ownerAccountId' | 'accessWays'> {
  readonly place: Place;
  readonly kmsKeyArn: string;
}

export function factsOf({ place, placeBy, ownerAccountId, accessWays }: CreateDraft): LiveFacts {
  const { kmsKeyArn, ...named } = place;
  return { place: named, kmsKeyArn, placeBy, ownerAccountId, accessWays };
}

const USUAL = PROMISE_PRESETS[0] ?? { promiseSeconds: 300, flushIntervalMs: 60_000 };

export const EMPTY_DRAFT: CreateDraft = {
  workspaceId: '',
  name: null,
  selection: { dataTypes: dataTypeSchema.options, eventNames: '' },
  place: { endpoint: '', bucket: '', region: '', prefix: '', kmsKeyArn: '' },
  promise: {
    promiseSeconds: String(USUAL.promiseSeconds),
    flushIntervalSeconds: String(USUAL.flushIntervalMs / 1_000),
  },
  contacts: { awsAdmin: '', live: '' },
  placeBy: 'us',
  ownerAccountId: '',
  accessWays: 'any',
};

/** A stored draft in the form's shape; what it does not hold begins as in an empty one. */
export function toCreateDraft({ workspace, name, fields }: RoutingDraftView): CreateDraft {
  const { promiseSeconds = USUAL.promiseSeconds, flushIntervalMs = USUAL.flushIntervalMs } = fields;
  return {
    workspaceId: workspace.id,
    name,
    selection: {
      dataTypes: fields.dataTypes ?? EMPTY_DRAFT.selection.dataTypes,
      eventNames: (fields.eventNames ?? []).join(', '),
    },
    place: {
      endpoint: fields.endpoint ?? '',
      bucket: fields.bucket ?? '',
      region: fields.region ?? '',
      prefix: fields.prefix ?? '',
      kmsKeyArn: fields.kmsKeyArn ?? '',
    },
    promise: {
      promiseSeconds: String(promiseSeconds),
      flushIntervalSeconds: String(flushIntervalMs / 1_000),
    },
    placeBy: fields.placeBy ?? 'us',
    ownerAccountId: fields.ownerAccountId ?? '',
    accessWays: fields.accessWays ?? 'any',
    contacts: { awsAdmin: fields.awsAdmin ?? '', live: (fields.live ?? []).join(', ') },
  };
}
