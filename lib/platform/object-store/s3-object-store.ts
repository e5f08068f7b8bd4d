import type { Readable } from 'node:stream';
import {
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { refuseErrorInSuccess } from './error-in-success';
import { listObjects } from './list-objects';
import type {
  ObjectAccess,
  ObjectHead,
  ObjectPlace,
  ObjectStore,
  PutRequest,
  StoreAnswer,
} from './object-store';
import { removeObject } from './remove-object';
import { S3ClientCache } from './s3-client-cache';
import { inSlices, sendThrough } from './send-body';
import { toStoreError } from './store-fault';

export interface S3ObjectStoreOptions {
  /** Replaces the body on its way to the socket; for tests that die in the middle of a PUT. */
  readonly sendBody?: ((body: Buffer) => Readable) | undefined;
}

/** The object store over the AWS SDK. Every call ends by its deadline; only a programmer's error is thrown. */
export function createS3ObjectStore(options: S3ObjectStoreOptions = {}): ObjectStore {
  const clients = new S3ClientCache(refuseErrorInSuccess);
  const streamOf = ({ onProgress }: PutRequest) =>
    options.sendBody ?? (onProgress === undefined ? undefined : (body: Buffer) => inSlices(body, onProgress));
  return {
    putIfAbsent: (request) =>
      answer(request.access, request, (abortSignal) =>
        clients.use(request.place, request.access, (client) =>
          put(client, request, { abortSignal, toStream: streamOf(request) }),
        ),
      ),
    head: (place, access, deadlineMs) =>
      answer(access, { deadlineMs }, (abortSignal) =>
        clients.use(place, access, (client) => head(client, place, abortSignal)),
      ),
    list: (request) =>
      answer(request.access, { deadlineMs: request.deadlineMs }, (abortSignal) =>
        clients.use(request.place, request.access, (client) => listObjects(client, request, abortSignal)),
      ),
    remove: (place, access, deadlineMs) =>
      answer(access, { deadlineMs }, (abortSignal) =>
        clients.use(place, access, (client) => removeObject(client, place, abortSignal)),
      ),
    close: () => clients.close(),
  };
}

async function answer<T>(
  access: ObjectAccess,
  { deadlineMs, signal }: Pick<PutRequest, 'deadlineMs' | 'signal'>,
  ask: (abortSignal: AbortSignal) => Promise<StoreAnswer<T>>,
): Promise<StoreAnswer<T>> {
  const deadline = new AbortController();
  const giveUp = () => deadline.abort();
  const timer = setTimeout(giveUp, deadlineMs);
  signal?.addEventListener('abort', giveUp, { once: true });
  try {
    return await ask(deadline.signal);
  } catch (thrown) {
    const error = toStoreError(thrown, access);
    if (error === null) throw thrown;
    return deadline.signal.aborted && error.httpStatus === null ? { ...error, code: 'TimeoutError' } : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', giveUp);
  }
}

async function put(
  client: S3Client,
  request: PutRequest,
  { abortSignal, toStream }: { abortSignal: AbortSignal; toStream: S3ObjectStoreOptions['sendBody'] },
): Promise<StoreAnswer<{ etag: string; versionId?: string }>> {
  const { place, access, body } = request;
  const command = new PutObjectCommand({
    Bucket: place.bucket,
    Key: place.key,
    Body: body,
    ContentLength: body.length,
    ContentType: request.contentType ?? 'application/gzip',
    IfNoneMatch: '*',
    ChecksumCRC32: checksumHeader(request.crc32),
    Metadata: { ...request.metadata },
    ...encryptionOf(request),
    ...expectedOwner(access),
  });
  if (toStream !== undefined) sendThrough(command, toStream);
  const { ETag, VersionId, $metadata } = await client.send(command, { abortSignal });
  if (ETag === undefined || ETag === '') return missingEtag($metadata);
  const requestId = $metadata.requestId ?? null;
  const httpStatus = $metadata.httpStatusCode ?? 200;
  const value = VersionId === undefined ? { etag: ETag } : { etag: ETag, versionId: VersionId };
  return { kind: 'ok', value, requestId, httpStatus };
}

function encryptionOf({ access, encryption }: PutRequest) {
  if (encryption !== undefined) return { ServerSideEncryption: encryption };
  return access.kmsKeyArn === null
    ? {}
    : { ServerSideEncryption: 'aws:kms' as const, SSEKMSKeyId: access.kmsKeyArn };
}

function expectedOwner({ ownerAccountId }: ObjectAccess) {
  return ownerAccountId === undefined ? {} : { ExpectedBucketOwner: ownerAccountId };
}

async function head(
  client: S3Client,
  place: ObjectPlace,
  abortSignal: AbortSignal,
): Promise<StoreAnswer<ObjectHead>> {
  const command = new HeadObjectCommand({ Bucket: place.bucket, Key: place.key });
  const found = await client.send(command, { abortSignal });
  // What names no object must not pass for a stranger's.
  if (found.ETag === undefined || found.ETag === '') return missingEtag(found.$metadata);
  return {
    kind: 'ok',
    value: {
      lengthBytes: found.ContentLength ?? 0,
      metadata: found.Metadata ?? {},
      etag: found.ETag,
    },
    requestId: found.$metadata.requestId ?? null,
    httpStatus: found.$metadata.httpStatusCode ?? 200,
  };
}

function missingEtag({ httpStatusCode, requestId }: PutObjectCommandOutput['$metadata']): StoreAnswer<never> {
  return {
    kind: 'error',
    httpStatus: httpStatusCode ?? 200,
    code: 'MissingETag',
    message: 'The answer said 200 and named no ETag',
    requestId: requestId ?? null,
  };
}

/** S3 takes a CRC-32 as base64 of its four bytes, big endian. */
function checksumHeader(crc32: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32);
  return bytes.toString('base64');
}
