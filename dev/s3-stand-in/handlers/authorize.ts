import { S3Error } from '../protocol/s3-error';
import { header, type Operation, parameter } from '../protocol/s3-request';
import type { Exchange } from './exchange';

/** The permission each operation needs; DeleteObjects asks for each key itself. */
const ACTION_BY_OPERATION = {
  ListBuckets: 's3:ListAllMyBuckets',
  CreateBucket: 's3:CreateBucket',
  DeleteBucket: 's3:DeleteBucket',
  HeadBucket: 's3:ListBucket',
  GetBucketLocation: 's3:GetBucketLocation',
  ListObjects: 's3:ListBucket',
  ListObjectsV2: 's3:ListBucket',
  DeleteObjects: null,
  PutObject: 's3:PutObject',
  GetObject: 's3:GetObject',
  HeadObject: 's3:GetObject',
  DeleteObject: 's3:DeleteObject',
} as const satisfies Record<Operation, string | null>;

export function isAllowed(exchange: Exchange, action: string, key: string): boolean {
  const { accessKeyId, request } = exchange;
  return exchange.access.isAllowed({ accessKeyId, action, bucket: request.bucket, key });
}

/** Throws AccessDenied in AWS's words, which name the action that is missing. */
export function requireAllowed(exchange: Exchange, action: string, key: string): void {
  if (isAllowed(exchange, action, key)) return;
  const resource = `arn:aws:s3:::${exchange.request.bucket}${key === '' ? '' : `/${key}`}`;
  throw new S3Error(
    'AccessDenied',
    `User: arn:aws:iam::${exchange.accountId}:user/${exchange.accessKeyId} is not authorized to perform: ${action} on resource: "${resource}" because no identity-based policy allows the ${action} action`,
  );
}

/** Checks the permission of the whole request and the owner that the client expects. */
export function authorize(exchange: Exchange): void {
  const { request, operation } = exchange;
  const expectedOwner = header(request, 'x-amz-expected-bucket-owner');
  const bucket = exchange.storage.bucket(request.bucket);
  if (expectedOwner !== undefined && bucket !== undefined && bucket.ownerId !== expectedOwner) {
    throw new S3Error('AccessDenied', 'Access Denied');
  }
  const action = ACTION_BY_OPERATION[operation];
  if (action === null) return;
  const isListing = operation === 'ListObjects' || operation === 'ListObjectsV2';
  requireAllowed(exchange, action, isListing ? (parameter(request, 'prefix') ?? '') : request.key);
}
