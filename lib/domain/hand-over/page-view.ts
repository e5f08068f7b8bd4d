import type { AccessCheckView } from '@/lib/domain/access-check/view';
import type { SampleView } from '@/lib/domain/sample/view';
import type { HandOverLinkState } from './state';
import type { AccessKind } from './view';

/** Where the data will go, as whoever gives access to it needs to know it. */
export interface HandOverPlace {
  /** Empty for AWS. */
  readonly endpoint: string;
  /** Empty, like the region, until the customer has named it. */
  readonly bucket: string;
  readonly region: string;
  /** Empty, or ending in a slash. */
  readonly prefix: string;
  readonly kmsKeyArn: string | null;
  /** The AWS account that owns the bucket, 12 digits; null until somebody has named it. */
  readonly ownerAccountId: string | null;
  /** Send it back with access: another one in the database means that another page was first. */
  readonly destinationVersion: number;
}

export type GivenAccess =
  | { readonly kind: 'keys'; readonly accessKeyIdLast4: string }
  | { readonly kind: 'role'; readonly roleArn: string };

/** Somebody to whom the reader passed their link on. */
export interface PassedOnView {
  readonly recipient: string | null;
  readonly createdAt: string;
  readonly openedAt: string | null;
  readonly state: HandOverLinkState;
}

/** What the page of a link shows. Instants are RFC 3339 strings in UTC. No secret: keys by their last four signs. */
export interface HandOverPageView {
  readonly linkId: string;
  readonly routingId: string;
  readonly organizationName: string;
  readonly workspaceName: string;
  /** Who made the first link, with the e-mail address to answer to. */
  readonly askedBy: { readonly name: string; readonly email: string };
  readonly askedAt: string;
  /** Whom the link was for before it was passed on to the reader; null where nobody passed it on. */
  readonly passedOnBy: string | null;
  readonly expiresAt: string;
  readonly place: HandOverPlace;
  /** What a role of the customer's must ask for; safe to show. */
  readonly externalId: string;
  /** Whom that role must trust; null where access by role is not offered. */
  readonly principalArn: string | null;
  /** By which ways access may be given, the recommended one first. */
  readonly ways: readonly AccessKind[];
  /** Null until there is any. */
  readonly access: GivenAccess | null;
  readonly accessGivenAt: string | null;
  /** When access that passed its check was handed over by this link, or one it belongs to. */
  readonly submittedAt: string | null;
  /** Whether somebody who is signed in has confirmed the destination and started. */
  readonly isStarted: boolean;
  /** The newest check of the access; null before there was one. */
  readonly check: AccessCheckView | null;
  readonly passedOn: readonly PassedOnView[];
  /** What the check wrote into the bucket; null until access was handed over. */
  readonly sample: SampleView | null;
}
