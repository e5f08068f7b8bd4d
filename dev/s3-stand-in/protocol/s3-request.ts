import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { S3Error } from './s3-error';

export const OPERATIONS = [
  'ListBuckets',
  'CreateBucket',
  'DeleteBucket',
  'HeadBucket',
  'GetBucketLocation',
  'GetPublicAccessBlock',
  'GetBucketOwnershipControls',
  'GetBucketVersioning',
  'GetObjectLockConfiguration',
  'GetBucketPolicy',
  'GetBucketAcl',
  'GetBucketLifecycleConfiguration',
  'ListObjects',
  'ListObjectsV2',
  'DeleteObjects',
  'PutObject',
  'GetObject',
  'HeadObject',
  'DeleteObject',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** A request taken apart, before anybody has looked at who sent it. */
export interface S3Request {
  readonly incoming: IncomingMessage;
  readonly requestId: string;
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  /** Decoded path segments, for the signature. */
  readonly segments: readonly string[];
  /** Decoded query pairs in the order sent. */
  readonly query: readonly (readonly [name: string, value: string])[];
}

// Any other query parameter names a feature the stand-in lacks; ignoring it would answer something untrue.
const READ_BY_PARAMETER: Readonly<Record<string, Operation>> = {
  acl: 'GetBucketAcl',
  lifecycle: 'GetBucketLifecycleConfiguration',
  location: 'GetBucketLocation',
  'object-lock': 'GetObjectLockConfiguration',
  ownershipControls: 'GetBucketOwnershipControls',
  policy: 'GetBucketPolicy',
  publicAccessBlock: 'GetPublicAccessBlock',
  versioning: 'GetBucketVersioning',
};
const KNOWN_PARAMETERS = new Set([
  ...Object.keys(READ_BY_PARAMETER),
  'bucket-region',
  'continuation-token',
  'delete',
  'delimiter',
  'encoding-type',
  'fetch-owner',
  'list-type',
  'marker',
  'max-buckets',
  'max-keys',
  'prefix',
  'start-after',
  'x-id',
]);

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error('InvalidURI', "Couldn't parse the specified URI.");
  }
}

/** Splits a path-style request into bucket, key and query. */
export function parseS3Request(incoming: IncomingMessage): S3Request {
  const [path = '/', search = ''] = (incoming.url ?? '/').split(/\?(.*)/s);
  const segments = path.split('/').slice(1).map(decode);
  const query = search
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      return [decode(name), decode(value)] as const;
    });
  return {
    incoming,
    requestId: randomBytes(8).toString('hex').toUpperCase(),
    method: incoming.method ?? 'GET',
    bucket: segments[0] ?? '',
    key: segments.slice(1).join('/'),
    segments,
    query,
  };
}

export function header(request: S3Request, name: string): string | undefined {
  const value = request.incoming.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

export function parameter(request: S3Request, name: string): string | undefined {
  return request.query.find(([given]) => given === name)?.[1];
}

function bucketOperation(request: S3Request): Operation | undefined {
  switch (request.method) {
    case 'PUT':
      return 'CreateBucket';
    case 'DELETE':
      return 'DeleteBucket';
    case 'HEAD':
      return 'HeadBucket';
    case 'POST':
      return parameter(request, 'delete') === undefined ? undefined : 'DeleteObjects';
    case 'GET':
      return (
        request.query.map(([name]) => READ_BY_PARAMETER[name]).find((read) => read !== undefined) ??
        (parameter(request, 'list-type') === '2' ? 'ListObjectsV2' : 'ListObjects')
      );
    default:
      return undefined;
  }
}

function objectOperation(request: S3Request): Operation | undefined {
  switch (request.method) {
    case 'PUT':
      return 'PutObject';
    case 'GET':
      return 'GetObject';
    case 'HEAD':
      return 'HeadObject';
    case 'DELETE':
      return 'DeleteObject';
    default:
      return undefined;
  }
}

/** Names the operation, or refuses what the stand-in does not do (multipart, copy, policies, versions). */
export function identifyOperation(request: S3Request): Operation {
  const unknown = request.query.find(([name]) => !KNOWN_PARAMETERS.has(name));
  if (unknown !== undefined) {
    throw new S3Error('NotImplemented', `This stand-in does not implement the parameter "${unknown[0]}".`);
  }
  if (header(request, 'x-amz-copy-source') !== undefined) {
    throw new S3Error('NotImplemented', 'This stand-in does not implement copying.');
  }
  const operation =
    request.bucket === ''
      ? request.method === 'GET'
        ? 'ListBuckets'
        : undefined
      : request.key === ''
        ? bucketOperation(request)
        : objectOperation(request);
  if (operation === undefined) {
    throw new S3Error('MethodNotAllowed', 'The specified method is not allowed against this resource.');
  }
  return operation;
}
