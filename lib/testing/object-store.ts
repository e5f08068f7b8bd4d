import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { StandInControl } from '@/dev/s3-stand-in/control/stand-in-control';
import { startS3StandIn } from '@/dev/s3-stand-in/start';
import { readObjectWrites } from './object-writes';
import { type BucketObject, listBucketKeys, readBucketObject } from './read-bucket';

export interface TestObjectStore {
  /** `http://127.0.0.1:port`, for path-style clients. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Faults, revoked keys, denied permissions, foreign objects, requests seen; in-process. */
  readonly control: StandInControl;
  /** A plain client with rights to everything; its key is not the suite's key, so revoking that one leaves it. */
  readonly client: S3Client;
  /** Keys of the suite's bucket in listing order, read over HTTP. */
  listKeys(prefix?: string): Promise<string[]>;
  getObject(key: string): Promise<BucketObject>;
  /** How often each key of the suite's bucket was written. */
  countWrites(): Promise<Map<string, number>>;
  /** What a customer may do at any moment. */
  deleteObject(key: string): Promise<void>;
  close(): Promise<void>;
}

const CONNECTION_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 30_000;

/** A client without retries, ambient identity or endpoints from the environment. */
export function plainS3Client(access: {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}): S3Client {
  return new S3Client({
    endpoint: access.endpoint,
    region: access.region,
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId: access.accessKeyId, secretAccessKey: access.secretAccessKey },
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
    }),
  });
}

/** A private S3 stand-in with one bucket and one key, in a temporary folder and on a free port. */
export async function startTestObjectStore(options: { region?: string } = {}): Promise<TestObjectStore> {
  const region = options.region ?? 'eu-west-1';
  const directory = await mkdtemp(path.join(tmpdir(), 'sluice-s3-'));
  const standIn = await startS3StandIn({ directory, region, syncToDisk: false });
  const bucket = `test-${randomBytes(6).toString('hex')}`;
  await standIn.control.createBucket({ name: bucket });
  const key = await standIn.control.createKey();
  const reader = await standIn.control.createKey();
  const client = plainS3Client({ endpoint: standIn.url, region, ...reader });
  return {
    endpoint: standIn.url,
    bucket,
    region,
    ...key,
    control: standIn.control,
    client,
    listKeys: (prefix = '') => listBucketKeys(client, bucket, prefix),
    getObject: (objectKey) => readBucketObject(client, bucket, objectKey),
    countWrites: () => readObjectWrites(directory, bucket),
    deleteObject: async (objectKey) => {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: objectKey }));
    },
    close: async () => {
      client.destroy();
      await standIn.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
