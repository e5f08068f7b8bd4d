import type { AccessKind } from './step';

/** What a fix is filled in with: the place as it was checked, and what the check has found out. */
export interface FixFacts {
  readonly endpoint: string;
  readonly bucket: string;
  /** Empty, or ending in a slash. */
  readonly prefix: string;
  readonly region: string;
  readonly kmsKeyArn: string | null;
  readonly accessKind: AccessKind;
  readonly roleArn: string | null;
  readonly externalId: string;
  /** Who the access is; null until the store has said so. */
  readonly principalArn: string | null;
  readonly accountId: string | null;
  /** The account that shall own the bucket; null until somebody has named it. */
  readonly ownerAccountId: string | null;
  /** Said by the bucket, when it is another one than ours. */
  readonly foundRegion: string | null;
  /** The key that the store named in its answer, else the one of the place. */
  readonly keyArn: string | null;
  /** The key of the test file, when one was written. */
  readonly testFileKey: string | null;
  /** The routing of the same organization that has the place; null where nothing may be said. */
  readonly takenBy: string | null;
  /** How many rights beyond need were found; null when nobody has counted. */
  readonly surplusCount: number | null;
}
