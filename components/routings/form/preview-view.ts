import type { HandOverPageView } from '@/lib/domain/hand-over/page-view';
import type { LiveFacts } from './create-draft';

const LINK_LIFE_MS = 7 * 86_400_000;

/** Whose names the customer will read. */
export interface PreviewPeople {
  readonly asker: { readonly name: string; readonly email: string };
  readonly vendorName: string | null;
  /** Whether a role can be taken on, at AWS and at stores of our own. */
  readonly role: { readonly atAws: boolean; readonly elsewhere: boolean };
  /** When the page was opened, RFC 3339. */
  readonly openedAt: string;
}

interface Previewed {
  readonly facts: LiveFacts;
  readonly organizationName: string;
  readonly people: PreviewPeople;
}

/** What the hand-over page would show if the routing were created as it stands. */
export function previewView({ facts, organizationName, people }: Previewed): HandOverPageView {
  const { place, kmsKeyArn, ownerAccountId, placeBy } = facts;
  const named = placeBy === 'us' ? place : { endpoint: place.endpoint, bucket: '', region: '', prefix: '' };
  const account = ownerAccountId.replace(/[\s-]/g, '');
  return {
    linkId: '',
    routingId: '',
    organizationName,
    workspaceName: '',
    askedBy: people.asker,
    askedAt: people.openedAt,
    passedOnBy: null,
    expiresAt: new Date(Date.parse(people.openedAt) + LINK_LIFE_MS).toISOString(),
    place: {
      ...named,
      kmsKeyArn: kmsKeyArn.trim() === '' ? null : kmsKeyArn,
      ownerAccountId: account === '' ? null : account,
      destinationVersion: 1,
    },
    externalId: '',
    principalArn: null,
    ways: ['keys'],
    access: null,
    accessGivenAt: null,
    submittedAt: null,
    isStarted: false,
    check: null,
    passedOn: [],
    sample: null,
  };
}
