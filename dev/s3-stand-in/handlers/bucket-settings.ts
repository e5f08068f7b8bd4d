import { S3Error } from '../protocol/s3-error';
import { parentElement, textElement, xmlDocument } from '../protocol/xml';
import { type Exchange, type Reply, requireBucket, xmlReply } from './exchange';

export async function getPublicAccessBlock(exchange: Exchange): Promise<Reply> {
  const { blocksPublicAccess } = requireBucket(exchange).settings;
  const names = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];
  const children = names.map((name) => textElement(name, blocksPublicAccess));
  return xmlReply(xmlDocument('PublicAccessBlockConfiguration', children));
}

export async function getOwnershipControls(exchange: Exchange): Promise<Reply> {
  const { ownership } = requireBucket(exchange).settings;
  const rule = parentElement('Rule', [textElement('ObjectOwnership', ownership)]);
  return xmlReply(xmlDocument('OwnershipControls', [rule]));
}

export async function getVersioning(exchange: Exchange): Promise<Reply> {
  const { isVersioned } = requireBucket(exchange).settings;
  const children = isVersioned ? [textElement('Status', 'Enabled')] : [];
  return xmlReply(xmlDocument('VersioningConfiguration', children));
}

export async function getObjectLock(exchange: Exchange): Promise<Reply> {
  if (!requireBucket(exchange).settings.locksByDefault) {
    throw new S3Error(
      'ObjectLockConfigurationNotFoundError',
      'Object Lock configuration does not exist for this bucket',
    );
  }
  const retention = parentElement('DefaultRetention', [
    textElement('Mode', 'COMPLIANCE'),
    textElement('Days', 1),
  ]);
  const children = [textElement('ObjectLockEnabled', 'Enabled'), parentElement('Rule', [retention])];
  return xmlReply(xmlDocument('ObjectLockConfiguration', children));
}

/** The stand-in keeps no policies and no rules: there are none, and whoever may ask is told so. */
export async function getPolicy(exchange: Exchange): Promise<Reply> {
  requireBucket(exchange);
  throw new S3Error('NoSuchBucketPolicy', 'The bucket policy does not exist');
}

export async function getLifecycle(exchange: Exchange): Promise<Reply> {
  requireBucket(exchange);
  throw new S3Error('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist');
}

export async function getAcl(exchange: Exchange): Promise<Reply> {
  const { ownerId } = requireBucket(exchange);
  const owner = parentElement('Owner', [textElement('ID', ownerId)]);
  return xmlReply(xmlDocument('AccessControlPolicy', [owner, parentElement('AccessControlList', [])]));
}
