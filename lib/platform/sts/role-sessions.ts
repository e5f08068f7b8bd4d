import type { ObjectAccess, OpenedCredential, StoreAnswer } from '@/lib/platform/object-store/object-store';

/** A customer's role, and the place for which it is taken on: a session can do nothing elsewhere. */
export interface RolePlace {
  readonly roleArn: string;
  /** Of the customer's organization, made by us. */
  readonly externalId: string;
  /** Empty for AWS. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** Every prefix that files may still have to go to, each empty or ending in a slash. */
  readonly prefixes: readonly string[];
  readonly kmsKeyArn: string | null;
}

/** Whose access it is: twelve digits, and the ARN of the user or of the role's session. */
export interface CallerIdentity {
  readonly accountId: string;
  readonly arn: string;
}

/** `compared`: refused without our external id and with a wrong one, as it must be. */
export type ExternalIdVerdict = 'compared' | 'not_asked' | 'not_compared';

export interface OpenSession {
  readonly deadlineMs: number;
  /** Takes the role on anew, whatever session there is: for checks. */
  readonly isFresh?: boolean;
}

/**
 * Sessions of customers' roles. What fails is an answer whose code delivery's table of faults knows: `AWS_IDENTITY_MISSING`
 * without an identity of ours, `STS.…` for what STS refuses, else the name of the local failure.
 */
export interface RoleSessions {
  /** A session with at least some minutes left; one is shared by all who ask for the same role and place. */
  open(place: RolePlace, how: OpenSession): Promise<StoreAnswer<OpenedCredential>>;
  /** The store no longer takes this session: the next one to ask gets a new one. */
  forget(credential: OpenedCredential): void;
  /** Tries without an external id and with a wrong one; a session that comes of it can do nothing. */
  proveExternalId(place: RolePlace, deadlineMs: number): Promise<StoreAnswer<ExternalIdVerdict>>;
  close(): void;
}

/** Asks the place's STS who signs. */
export type Identify = (
  place: { readonly endpoint: string },
  access: ObjectAccess,
  deadlineMs: number,
) => Promise<StoreAnswer<CallerIdentity>>;
