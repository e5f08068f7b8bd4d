import {
  GetBucketOwnershipControlsCommand,
  type GetBucketOwnershipControlsCommandOutput,
  GetBucketVersioningCommand,
  type GetBucketVersioningCommandOutput,
  GetObjectCommand,
  type GetObjectCommandOutput,
  GetObjectLockConfigurationCommand,
  type GetObjectLockConfigurationCommandOutput,
  GetPublicAccessBlockCommand,
  type GetPublicAccessBlockCommandOutput,
  HeadBucketCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { ObjectAccess, ObjectPlace, StoreAnswer } from '@/lib/platform/object-store/object-store';
import { S3ClientCache } from '@/lib/platform/object-store/s3-client-cache';
import { ask } from './ask';
import type { BucketInspector, BucketSeen } from './bucket-inspector';
import { isNotSet, tryRight } from './try-right';
import { createUnsignedClient, watchHeaders } from './unsigned-client';

type Settled<T> = Promise<StoreAnswer<T>>;

/** The inspector over the AWS SDK. Nothing is retried and nothing of the process's environment is used. */
export function createBucketInspector(): BucketInspector {
  const clients = new S3ClientCache(() => undefined);
  const signed = <T>(
    at: { readonly place: Pick<ObjectPlace, 'endpoint'>; readonly access: ObjectAccess },
    run: (client: S3Client) => Settled<T>,
  ): Settled<T> => clients.use(at.place, at.access, run);
  return {
    seeBucket,
    readAsAnybody,
    headBucket: (place, access, deadlineMs) =>
      signed({ place, access }, (client) => {
        const command = new HeadBucketCommand({ Bucket: place.bucket });
        return ask({
          access,
          deadlineMs,
          read: () => null,
          send: (options) => client.send(command, options),
        });
      }),
    headFile: (place, access, deadlineMs) =>
      signed({ place, access }, (client) => {
        const command = new HeadObjectCommand({
          Bucket: place.bucket,
          Key: place.key,
          ...(access.ownerAccountId === undefined ? {} : { ExpectedBucketOwner: access.ownerAccountId }),
        });
        return ask({ access, deadlineMs, read: toFile, send: (options) => client.send(command, options) });
      }),
    readFile: (place, access, deadlineMs) =>
      signed({ place, access }, (client) => {
        const command = new GetObjectCommand({ Bucket: place.bucket, Key: place.key });
        return ask({ access, deadlineMs, read: toBytes, send: (options) => client.send(command, options) });
      }),
    readPublicBlock: (place, access, deadlineMs) =>
      signed({ place, access }, (client) => {
        const command = new GetPublicAccessBlockCommand({ Bucket: place.bucket });
        return ask({
          access,
          deadlineMs,
          read: toPublicBlock,
          send: (options) => client.send(command, options),
        });
      }).then((answer) => unless(answer, 'NoSuchPublicAccessBlockConfiguration', { isBlocked: false })),
    readOwnership: (place, access, deadlineMs) =>
      signed({ place, access }, (client) => {
        const command = new GetBucketOwnershipControlsCommand({ Bucket: place.bucket });
        return ask({
          access,
          deadlineMs,
          read: toOwnership,
          send: (options) => client.send(command, options),
        });
      }).then((answer) => unless(answer, 'OwnershipControlsNotFoundError', OWNED_BY_WRITER)),
    readVersioning: (place, access, deadlineMs) =>
      signed({ place, access }, (client) => {
        const command = new GetBucketVersioningCommand({ Bucket: place.bucket });
        return ask({
          access,
          deadlineMs,
          read: toVersioning,
          send: (options) => client.send(command, options),
        });
      }),
    readLock: (place, access, deadlineMs) =>
      signed({ place, access }, (client) => {
        const command = new GetObjectLockConfigurationCommand({ Bucket: place.bucket });
        return ask({ access, deadlineMs, read: toLock, send: (options) => client.send(command, options) });
      }).then((answer) => unless(answer, 'ObjectLockConfigurationNotFoundError', { locksByDefault: false })),
    tryRight: async (right, { place, access, deadlineMs }) => {
      const answer = await signed({ place, access }, (client) =>
        ask({
          access,
          deadlineMs,
          read: () => null,
          send: (options) => tryRight(client, { right, bucket: place.bucket }, options),
        }),
      );
      return answer.kind === 'error' && isNotSet(answer.code) ? unless(answer, answer.code, null) : answer;
    },
    close: () => clients.close(),
  };
}

/** Where nobody has set anything, S3 says so by an error; a setting then has its default. */
const OWNED_BY_WRITER = 'ObjectWriter';

function unless<T>(answer: StoreAnswer<T>, code: string, value: T): StoreAnswer<T> {
  if (answer.kind === 'ok' || answer.code !== code) return answer;
  return { kind: 'ok', value, requestId: answer.requestId, httpStatus: answer.httpStatus ?? 404 };
}

async function seeBucket(
  place: Pick<ObjectPlace, 'endpoint' | 'bucket'>,
  region: string,
  deadlineMs: number,
): Settled<BucketSeen> {
  const client = createUnsignedClient(place.endpoint, region);
  let headers: Readonly<Record<string, string>> = {};
  watchHeaders(client, (seen) => {
    headers = seen;
  });
  try {
    const command = new HeadBucketCommand({ Bucket: place.bucket });
    const send = (options: { abortSignal: AbortSignal }) => client.send(command, options);
    const answer = await ask({ access: null, deadlineMs, read: () => null, send });
    const date = Date.parse(headers.date ?? '');
    const value = {
      region: headers['x-amz-bucket-region'] ?? null,
      clockDifferenceMs: Number.isNaN(date) ? null : Date.now() - date,
    };
    const { httpStatus, requestId } = answer;
    if (answer.kind === 'ok') return { ...answer, value };
    if (httpStatus === 404) return { ...answer, code: 'NoSuchBucket' };
    // Whoever is not let in, or is sent to another region, has been told that the bucket is there.
    return httpStatus !== null && IS_THERE.includes(httpStatus)
      ? { kind: 'ok', value, requestId, httpStatus }
      : answer;
  } finally {
    client.destroy();
  }
}

const IS_THERE: readonly number[] = [301, 307, 400, 401, 403];

async function readAsAnybody(place: ObjectPlace, region: string, deadlineMs: number): Settled<null> {
  const client = createUnsignedClient(place.endpoint, region);
  try {
    const command = new GetObjectCommand({ Bucket: place.bucket, Key: place.key });
    const read = async (output: GetObjectCommandOutput) => {
      await toBytes(output);
      return null;
    };
    return await ask({ access: null, deadlineMs, read, send: (options) => client.send(command, options) });
  } finally {
    client.destroy();
  }
}

function toFile({ ContentLength, Metadata, ServerSideEncryption, SSEKMSKeyId }: HeadObjectCommandOutput) {
  return {
    lengthBytes: ContentLength ?? 0,
    metadata: Metadata ?? {},
    encryption: ServerSideEncryption ?? null,
    kmsKeyArn: SSEKMSKeyId ?? null,
  };
}

async function toBytes({ Body }: GetObjectCommandOutput): Promise<Buffer> {
  return Body === undefined ? Buffer.alloc(0) : Buffer.from(await Body.transformToByteArray());
}

function toPublicBlock({ PublicAccessBlockConfiguration: block }: GetPublicAccessBlockCommandOutput) {
  const parts = [
    block?.BlockPublicAcls,
    block?.BlockPublicPolicy,
    block?.IgnorePublicAcls,
    block?.RestrictPublicBuckets,
  ];
  return { isBlocked: parts.every((part) => part === true) };
}

function toOwnership({ OwnershipControls }: GetBucketOwnershipControlsCommandOutput): string {
  return OwnershipControls?.Rules?.[0]?.ObjectOwnership ?? OWNED_BY_WRITER;
}

function toVersioning({ Status }: GetBucketVersioningCommandOutput) {
  return { isVersioned: Status === 'Enabled' };
}

function toLock({ ObjectLockConfiguration: lock }: GetObjectLockConfigurationCommandOutput) {
  return { locksByDefault: lock?.Rule?.DefaultRetention !== undefined };
}
