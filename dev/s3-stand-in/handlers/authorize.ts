import type { DeniedBy } from '../control/access-state';
import { sessionAllows } from '../control/session-policy';
import { S3Error } from '../protocol/s3-error';
import { header, type Operation, parameter } from '../protocol/s3-request';
import { arnOf } from '../sts/answer-sts';
import { type Exchange, requireBucket } from './exchange';

/** The permission each operation needs; DeleteObjects asks for each key itself. */
const ACTION_BY_OPERATION = {
  ListBuckets: 's3:ListAllMyBuckets',
  CreateBucket: 's3:CreateBucket',
  DeleteBucket: 's3:DeleteBucket',
  HeadBucket: 's3:ListBucket',
  GetBucketLocation: 's3:GetBucketLocation',
  GetPublicAccessBlock: 's3:GetBucketPublicAccessBlock',
  GetBucketOwnershipControls: 's3:GetBucketOwnershipControls',
  GetBucketVersioning: 's3:GetBucketVersioning',
  GetObjectLockConfiguration: 's3:GetBucketObjectLockConfiguration',
  GetBucketPolicy: 's3:GetBucketPolicy',
  GetBucketAcl: 's3:GetBucketAcl',
  GetBucketLifecycleConfiguration: 's3:GetLifecycleConfiguration',
  ListObjects: 's3:ListBucket',
  ListObjectsV2: 's3:ListBucket',
  DeleteObjects: null,
  PutObject: 's3:PutObject',
  GetObject: 's3:GetObject',
  HeadObject: 's3:GetObject',
  DeleteObject: 's3:DeleteObject',
} as const satisfies Record<Operation, string | null>;

export function isAllowed(exchange: Exchange, action: string, key: string): boolean {
  return deniedBy(exchange, action, key) === null;
}

function deniedBy(
  { accessKeyId, request, access, roles, storage }: Exchange,
  action: string,
  key: string,
): DeniedBy | null {
  if (accessKeyId !== null) {
    const wanted = { accessKeyId, action, bucket: request.bucket, key };
    const session = roles.session(accessKeyId);
    if (session === undefined) return access.deniedBy(wanted);
    const denied = access.deniedBy(wanted, roles.role(session.roleArn)?.grants ?? []);
    if (denied !== null) return denied;
    return session.policy === null || sessionAllows(session.policy, wanted) ? null : 'session';
  }
  const isOpen = storage.bucket(request.bucket)?.settings.isPublic === true && action === 's3:GetObject';
  return isOpen ? null : 'unsaid';
}

/** Throws AccessDenied in AWS's words, which name the action and the kind of policy, when they name anything. */
export function requireAllowed(exchange: Exchange, action: string, key: string): void {
  const { bucket } = exchange.request;
  const resource = `"arn:aws:s3:::${bucket}${key === '' ? '' : `/${key}`}"`;
  requireRight(exchange, { action, key, resource });
}

/** The same of any resource, for example a KMS key. */
export function requireRight(
  exchange: Exchange,
  { action, key, resource }: { readonly action: string; readonly key: string; readonly resource: string },
): void {
  const by = deniedBy(exchange, action, key);
  if (by === null) return;
  if (by === 'unsaid') throw new S3Error('AccessDenied', 'Access Denied');
  const user = arnOf(exchange, exchange.accessKeyId ?? '');
  throw new S3Error(
    'AccessDenied',
    `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${reasonOf(by, action)}`,
  );
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
function reasonOf(by: Exclude<DeniedBy, 'unsaid'>, action: string): string {
  switch (by) {
    case 'identity':
      return `because no identity-based policy allows the ${action} action`;
    case 'identity-deny':
      return 'with an explicit deny in an identity-based policy';
    case 'resource':
      return `because no resource-based policy allows the ${action} action`;
    case 'resource-deny':
      return 'with an explicit deny in a resource-based policy';
    case 'organization-deny':
      return 'with an explicit deny in a service control policy';
    case 'boundary':
      return `because no permissions boundary allows the ${action} action`;
    case 'endpoint':
      return `because no VPC endpoint policy allows the ${action} action`;
    case 'session':
      return `because no session policy allows the ${action} action`;
  }
}

/** Checks the permission of the whole request and the owner that the client expects. */
export function authorize(exchange: Exchange): void {
  const { request, operation } = exchange;
  const expectedOwner = header(request, 'x-amz-expected-bucket-owner');
  const bucket = exchange.storage.bucket(request.bucket);
  // Also a stranger is told that a bucket is not there.
  if (exchange.accessKeyId === null && request.bucket !== '') requireBucket(exchange);
  if (expectedOwner !== undefined && bucket !== undefined && bucket.ownerId !== expectedOwner) {
    throw new S3Error('AccessDenied', 'Access Denied');
  }
  const action = ACTION_BY_OPERATION[operation];
  if (action === null) return;
  const isListing = operation === 'ListObjects' || operation === 'ListObjectsV2';
  requireAllowed(exchange, action, isListing ? (parameter(request, 'prefix') ?? '') : request.key);
}
