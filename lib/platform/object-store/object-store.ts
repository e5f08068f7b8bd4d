/** Where an object goes. A cut pins it; it never changes on retry. */
export interface ObjectPlace {
  readonly endpoint: string;
  readonly bucket: string;
  readonly key: string;
}

declare const opened: unique symbol;
/**
 * Non-empty access keys of the customer, or those of a session of the customer's role. Only `secret-box` and `sts` make
 * them; there is no ambient identity.
 */
export interface OpenedCredential {
  readonly [opened]: true;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of a role's session; absent for access keys. */
  readonly sessionToken?: string;
}

/** How an object is written; read anew at each PUT from the newest destination version of the place. */
export interface ObjectAccess {
  readonly region: string;
  readonly credential: OpenedCredential;
  readonly kmsKeyArn: string | null;
  /** The AWS account that must own the bucket: the store refuses when another one does. Not asked when absent. */
  readonly ownerAccountId?: string | undefined;
}

export interface PutRequest {
  readonly place: ObjectPlace;
  readonly access: ObjectAccess;
  readonly body: Buffer;
  /** CRC-32 of `body`, unsigned; sent as S3's checksum header. */
  readonly crc32: number;
  /** `application/gzip` when absent. */
  readonly contentType?: string;
  /** Lower-case names without the `x-amz-meta-` prefix. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly deadlineMs: number;
  /** Gives the PUT up before its deadline; it is answered as a timeout. */
  readonly signal?: AbortSignal;
  /** Called each time that more of the body has left for the store. */
  readonly onProgress?: () => void;
  /** Instead of the encryption of `access`: tells whether a refusal is about a key. Only for test files. */
  readonly encryption?: 'AES256';
}

/** What S3 answered, or that it did not; never an exception. */
export type StoreAnswer<T> =
  | { readonly kind: 'ok'; readonly value: T; readonly requestId: string | null; readonly httpStatus: number }
  | {
      readonly kind: 'error';
      /** Null when no HTTP answer arrived: timeout, reset, refused connection. */
      readonly httpStatus: number | null;
      /** S3's error code, or the name of the local failure (`TimeoutError`, `ECONNRESET`, …). */
      readonly code: string;
      /** At most 500 characters, without secrets. */
      readonly message: string;
      readonly requestId: string | null;
      /** What the store asks to wait, where it says so in seconds. */
      readonly retryAfterMs?: number;
    };

export interface ObjectHead {
  readonly lengthBytes: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly etag: string;
}

export interface ListRequest {
  readonly place: Pick<ObjectPlace, 'endpoint' | 'bucket'>;
  readonly access: ObjectAccess;
  readonly prefix: string;
  /** Only keys after this one, in the order of their UTF-8 bytes; null from the beginning. */
  readonly after: string | null;
  /** At most 1,000. */
  readonly limit: number;
  readonly deadlineMs: number;
}

export interface ListedObject {
  readonly key: string;
  readonly lengthBytes: number;
  readonly etag: string | null;
}

export interface ObjectPage {
  readonly objects: readonly ListedObject[];
  readonly hasMore: boolean;
}

/** The few calls of S3 that delivery makes. SDK retries are off: a retry is a decision of delivery. */
export interface ObjectStore {
  /**
   * PutObject with `If-None-Match: *`. An answer without an ETag is an error with code `MissingETag`. `versionId` is
   * there when the bucket keeps versions.
   */
  putIfAbsent(request: PutRequest): Promise<StoreAnswer<{ etag: string; versionId?: string }>>;
  /** HeadObject. An answer without an ETag tells of no object: an error with code `MissingETag`. */
  head(place: ObjectPlace, access: ObjectAccess, deadlineMs: number): Promise<StoreAnswer<ObjectHead>>;
  /**
   * ListObjectsV2: one page; needs `s3:ListBucket`, which a customer may not have granted. An answer that is no listing
   * is an error with code `MissingListing`, not an empty bucket.
   */
  list(request: ListRequest): Promise<StoreAnswer<ObjectPage>>;
  /** DeleteObject; deleting what is not there is `ok`. Only for our own probes, never for a delivered file. */
  remove(place: ObjectPlace, access: ObjectAccess, deadlineMs: number): Promise<StoreAnswer<null>>;
  close(): void;
}
