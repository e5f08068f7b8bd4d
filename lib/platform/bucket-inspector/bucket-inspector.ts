import type { ObjectAccess, ObjectPlace, StoreAnswer } from '@/lib/platform/object-store/object-store';

type BucketPlace = Pick<ObjectPlace, 'endpoint' | 'bucket'>;

/** A bucket as anybody sees it, without credentials. */
export interface BucketSeen {
  /** From the bucket's own header, which comes even with a refusal; null when the store sends none. */
  readonly region: string | null;
  /** Ours minus the store's, ms, to within a second; null when the store does not tell the time. */
  readonly clockDifferenceMs: number | null;
}

export interface InspectedFile {
  readonly lengthBytes: number;
  readonly metadata: Readonly<Record<string, string>>;
  /** `AES256`, `aws:kms`, …; null when the store does not say. */
  readonly encryption: string | null;
  readonly kmsKeyArn: string | null;
}

/** What an access may read of a bucket that delivery never needs. */
export const SURPLUS_RIGHTS = [
  's3:ListAllMyBuckets',
  's3:GetBucketPolicy',
  's3:GetBucketAcl',
  's3:GetLifecycleConfiguration',
] as const;
export type SurplusRight = (typeof SURPLUS_RIGHTS)[number];

/** The looks that an access check takes beside delivery's own calls. None writes; each ends by its deadline. */
export interface BucketInspector {
  /** Unsigned: says whether the bucket is there and where, before any access is tried. */
  seeBucket(place: BucketPlace, region: string, deadlineMs: number): Promise<StoreAnswer<BucketSeen>>;
  /** Whether the store knows who signs; what it lets them do is another matter. */
  headBucket(place: BucketPlace, access: ObjectAccess, deadlineMs: number): Promise<StoreAnswer<null>>;
  headFile(place: ObjectPlace, access: ObjectAccess, deadlineMs: number): Promise<StoreAnswer<InspectedFile>>;
  readFile(place: ObjectPlace, access: ObjectAccess, deadlineMs: number): Promise<StoreAnswer<Buffer>>;
  /** Unsigned, as anybody on the internet would. */
  readAsAnybody(place: ObjectPlace, region: string, deadlineMs: number): Promise<StoreAnswer<null>>;
  /** Whether all four settings that block public access are on. */
  readPublicBlock(
    place: BucketPlace,
    access: ObjectAccess,
    deadlineMs: number,
  ): Promise<StoreAnswer<{ isBlocked: boolean }>>;
  /** `BucketOwnerEnforced`, `BucketOwnerPreferred`, `ObjectWriter`. */
  readOwnership(place: BucketPlace, access: ObjectAccess, deadlineMs: number): Promise<StoreAnswer<string>>;
  readVersioning(
    place: BucketPlace,
    access: ObjectAccess,
    deadlineMs: number,
  ): Promise<StoreAnswer<{ isVersioned: boolean }>>;
  /** Whether the bucket locks every new object by default. */
  readLock(
    place: BucketPlace,
    access: ObjectAccess,
    deadlineMs: number,
  ): Promise<StoreAnswer<{ locksByDefault: boolean }>>;
  /** Makes the call that needs the right. A setting that is not there was still allowed to be read. */
  tryRight(
    right: SurplusRight,
    at: { readonly place: BucketPlace; readonly access: ObjectAccess; readonly deadlineMs: number },
  ): Promise<StoreAnswer<null>>;
  close(): void;
}
