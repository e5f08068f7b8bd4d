import { S3Error } from '../protocol/s3-error';
import { header } from '../protocol/s3-request';
import type { ObjectRecord } from '../storage/object-record';
import { requireRight } from './authorize';
import { type Exchange, requireBucket } from './exchange';

const KMS_ARN = /^arn:aws:kms:([a-z0-9-]+):\d{12}:key\/[A-Za-z0-9-]+$/;

/** The key that S3 uses when a request says aws:kms and names none. */
function defaultKmsKey(exchange: Exchange, region: string): string {
  return `arn:aws:kms:${region}:${exchange.accountId}:key/aws-s3-default`;
}

function requireUsable(exchange: Exchange, kmsKeyId: string, action: string): void {
  if (exchange.access.isKmsKeyDisabled(kmsKeyId)) {
    throw new S3Error('KMS.DisabledException', `${kmsKeyId} is disabled.`);
  }
  requireRight(exchange, { action, key: exchange.request.key, resource: kmsKeyId });
}

/** Reads the SSE headers of a PUT; returns the KMS key, or null for S3's own encryption. */
export function kmsKeyOfPut(exchange: Exchange): string | null {
  const kind = header(exchange.request, 'x-amz-server-side-encryption');
  const given = header(exchange.request, 'x-amz-server-side-encryption-aws-kms-key-id');
  const { region, settings } = requireBucket(exchange);
  if (settings.demandsEncryption !== null && kind !== settings.demandsEncryption) {
    throw new S3Error(
      'AccessDenied',
      `User: arn:aws:iam::${exchange.accountId}:user/${exchange.accessKeyId ?? ''} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::${exchange.request.bucket}/${exchange.request.key}" with an explicit deny in a resource-based policy`,
    );
  }
  if (settings.ignoresEncryption) return null;
  if (kind === undefined && settings.defaultKmsKeyId !== null) {
    requireUsable(exchange, settings.defaultKmsKeyId, 'kms:GenerateDataKey');
    return settings.defaultKmsKeyId;
  }
  if (kind === undefined || kind === 'AES256') {
    if (given === undefined) return null;
    throw new S3Error(
      'InvalidArgument',
      'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
    );
  }
  if (kind !== 'aws:kms') {
    throw new S3Error('InvalidArgument', `The encryption method specified is not supported: ${kind}`);
  }
  const kmsKeyId = given ?? defaultKmsKey(exchange, region);
  const arnRegion = KMS_ARN.exec(kmsKeyId)?.[1];
  if (arnRegion !== undefined && arnRegion !== region) {
    throw new S3Error('KMS.NotFoundException', `Invalid arn ${arnRegion}`);
  }
  requireUsable(exchange, kmsKeyId, 'kms:GenerateDataKey');
  return kmsKeyId;
}

/** Reading an object's bytes needs its KMS key; HEAD does not. */
export function requireDecryptable(exchange: Exchange, object: ObjectRecord): void {
  if (object.kmsKeyId !== null) requireUsable(exchange, object.kmsKeyId, 'kms:Decrypt');
}

export function encryptionHeaders(object: ObjectRecord): Record<string, string> {
  if (object.kmsKeyId === null) return { 'x-amz-server-side-encryption': 'AES256' };
  return {
    'x-amz-server-side-encryption': 'aws:kms',
    'x-amz-server-side-encryption-aws-kms-key-id': object.kmsKeyId,
  };
}
