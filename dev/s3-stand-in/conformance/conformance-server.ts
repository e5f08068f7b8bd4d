import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** Every known way in which a server under test differs from AWS. The suite asserts the difference itself. */
export const DIFFERENCES = [
  'accepts-a-wrong-checksum-header',
  'accepts-any-region',
  'does-not-keep-checksums',
  'ignores-expected-owner',
  'refuses-quoted-if-match',
  'refuses-streamed-trailers',
] as const;
export type Difference = (typeof DIFFERENCES)[number];

export interface ConformanceServer {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of a KMS key that requests may name. */
  readonly kmsKeyId: string;
  readonly differences: readonly Difference[];
  close(): Promise<void>;
}

/** The server of the running suite and a bucket of its own; valid inside tests only. */
export interface Subject {
  readonly server: ConformanceServer;
  readonly client: S3Client;
  readonly bucket: string;
  differs(difference: Difference): boolean;
}

const CONNECTION_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 30_000;
const SOCKETS_MAX = 64;

/** A client of the server without retries; `changes` replaces settings, for wrong keys and clocks. */
export function clientFor(server: ConformanceServer, changes: Partial<S3ClientConfig> = {}): S3Client {
  return new S3Client({
    endpoint: server.endpoint,
    region: server.region,
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId: server.accessKeyId, secretAccessKey: server.secretAccessKey },
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      httpAgent: { maxSockets: SOCKETS_MAX, keepAlive: true },
    }),
    ...changes,
  });
}
