import { isDeepStrictEqual } from 'node:util';
import { crc32 } from 'node:zlib';
import type {
  ObjectAccess,
  ObjectHead,
  ObjectPlace,
  PutRequest,
  StoreAnswer,
} from '@/lib/platform/object-store/object-store';
import type { Core } from './simulated-process';
import { Violation } from './violation';

/** An object as it lies in a bucket. */
export interface BucketObject {
  readonly place: ObjectPlace;
  readonly body: Buffer;
  readonly metadata: Readonly<Record<string, string>>;
  readonly etag: string;
  readonly isForeign: boolean;
  readonly atMs: number;
}

/** How the store can be broken on purpose, to see that the oracle notices. */
export interface StoreFlaws {
  readonly ignoresCondition: boolean;
}

type StoreError = Extract<StoreAnswer<never>, { kind: 'error' }>;

export function storeError(httpStatus: number | null, code: string): StoreError {
  return { kind: 'error', httpStatus, code, message: code, requestId: null };
}

function nameOf({ endpoint, bucket, key }: ObjectPlace): string {
  return `${endpoint}/${bucket}/${key}`;
}

/** All the buckets of all customers: conditional writes, access, KMS keys. Every call is one step. */
export class BucketServer {
  readonly objects = new Map<string, BucketObject>();
  readonly revokedKeys = new Set<string>();
  readonly deniedBuckets = new Set<string>();
  readonly missingBuckets = new Set<string>();
  readonly disabledKmsKeys = new Set<string>();
  /** Objects of ours that their customers deleted, by name: what is written there again must be the same. */
  readonly deleted = new Map<string, BucketObject>();
  #etags = 0;

  constructor(
    private readonly core: Core,
    private readonly flaws: StoreFlaws,
  ) {}

  /** `isForced`: broken on purpose, it writes whatever is there. */
  put(
    { place, access, body, crc32: expected, metadata }: PutRequest,
    isForced = this.flaws.ignoresCondition,
  ): StoreAnswer<{ etag: string }> {
    const denial = this.#denial(place, access) ?? this.#kmsDenial(access);
    if (denial !== null) return denial;
    if (crc32(body) !== expected)
      this.#fail('checksum', `${place.key} was sent with a wrong checksum`, place);
    const present = this.objects.get(nameOf(place));
    if (present !== undefined && !isForced) return this.#refuseTaken(present, metadata);
    if (present !== undefined) this.#fail('overwritten', `${place.key} was written once more`, place);
    const before = this.deleted.get(nameOf(place));
    if (before !== undefined) this.#checkRestored(before, { body, metadata });
    const etag = this.#write(place, { body, metadata, isForeign: false });
    return { kind: 'ok', value: { etag }, requestId: null, httpStatus: 200 };
  }

  head(place: ObjectPlace, access: ObjectAccess): StoreAnswer<ObjectHead> {
    const denial = this.#denial(place, access);
    // HEAD has no body: no code, only a status.
    if (denial !== null) return storeError(denial.httpStatus, 'UnknownError');
    const found = this.objects.get(nameOf(place));
    if (found === undefined) return storeError(404, 'NotFound');
    const { body, metadata, etag } = found;
    return {
      kind: 'ok',
      value: { lengthBytes: body.length, metadata, etag },
      requestId: null,
      httpStatus: 200,
    };
  }

  remove(place: ObjectPlace, access: ObjectAccess): StoreAnswer<null> {
    const denial = this.#denial(place, access);
    if (denial !== null) return denial;
    const present = this.objects.get(nameOf(place));
    if (present !== undefined && present.metadata['sluice-probe'] === undefined)
      this.#fail('removed', `${place.key} was removed and is no probe`, place);
    this.objects.delete(nameOf(place));
    return { kind: 'ok', value: null, requestId: null, httpStatus: 204 };
  }

  has(place: ObjectPlace): boolean {
    return this.objects.get(nameOf(place))?.isForeign === false;
  }

  wasDeleted(place: ObjectPlace): boolean {
    return this.deleted.has(nameOf(place));
  }

  /** What a customer does by mistake, to an object of ours. */
  deleteOwn(place: ObjectPlace): boolean {
    const name = nameOf(place);
    const object = this.objects.get(name);
    if (object === undefined || object.isForeign) return false;
    this.deleted.set(name, object);
    return this.objects.delete(name);
  }

  /** Somebody else's object under a key of ours; `metadata` may pretend to be ours. */
  putForeign(place: ObjectPlace, body: Buffer, metadata: Readonly<Record<string, string>>): void {
    if (!this.objects.has(nameOf(place))) this.#write(place, { body, metadata, isForeign: true });
  }

  removeForeign(): number {
    let removed = 0;
    for (const [name, { isForeign }] of this.objects)
      if (isForeign && this.objects.delete(name)) removed += 1;
    return removed;
  }

  restoreAccess(): void {
    for (const broken of [this.revokedKeys, this.deniedBuckets, this.missingBuckets, this.disabledKmsKeys])
      broken.clear();
  }

  #checkRestored(before: BucketObject, { body, metadata }: Pick<BucketObject, 'body' | 'metadata'>): void {
    const isSame = before.body.equals(body) && isDeepStrictEqual(before.metadata, metadata);
    if (isSame) this.core.coverage.count('store.restored');
    else this.#fail('restored', `${before.place.key} was deleted and came back as another`, before.place);
  }

  #fail(rule: string, detail: string, { key }: ObjectPlace): void {
    this.core.scheduler.fail(new Violation(rule, detail, [key]));
  }

  #write(place: ObjectPlace, object: Pick<BucketObject, 'body' | 'metadata' | 'isForeign'>): string {
    this.#etags += 1;
    const etag = `"${this.#etags}"`;
    this.objects.set(nameOf(place), { ...object, place, etag, atMs: this.core.scheduler.nowMs });
    return etag;
  }

  #refuseTaken(present: BucketObject, metadata: Readonly<Record<string, string>>): StoreError {
    const { coverage, prng, scheduler } = this.core;
    const isOwn = !present.isForeign && present.metadata['sluice-file'] === metadata['sluice-file'];
    coverage.count(isOwn ? 'store.own_412' : 'store.foreign_412');
    const isRecent = scheduler.nowMs - present.atMs < 500;
    return isRecent && prng.chance(0.2)
      ? storeError(409, 'ConditionalRequestConflict')
      : storeError(412, 'PreconditionFailed');
  }

  #denial({ bucket }: ObjectPlace, { credential }: ObjectAccess): StoreError | null {
    const { coverage } = this.core;
    if (this.missingBuckets.has(bucket)) {
      coverage.count('access.bucket_missing');
      return storeError(404, 'NoSuchBucket');
    }
    if (this.revokedKeys.has(credential.accessKeyId)) {
      coverage.count('access.key_revoked');
      return storeError(403, 'InvalidAccessKeyId');
    }
    if (!this.deniedBuckets.has(bucket)) return null;
    coverage.count('access.denied');
    return storeError(403, 'AccessDenied');
  }

  #kmsDenial({ kmsKeyArn }: ObjectAccess): StoreError | null {
    if (kmsKeyArn === null || !this.disabledKmsKeys.has(kmsKeyArn)) return null;
    this.core.coverage.count('access.kms_disabled');
    return storeError(400, 'KMS.DisabledException');
  }
}
