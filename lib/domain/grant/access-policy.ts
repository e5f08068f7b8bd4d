import type { PolicyPlace } from './grant-place';
import { type PolicyStatement, writePolicy } from './write-policy';

/** Names, prefixes and key ARNs that were accepted hold no sign that means something in a policy (* ? $). */
function arns({ bucket, prefix }: PolicyPlace) {
  const objects = `arn:aws:s3:::${bucket}/`;
  return {
    bucket: `arn:aws:s3:::${bucket}`,
    everyObject: `${objects}*`,
    data: `${objects}${prefix}type=*`,
    probes: `${objects}${prefix}_sluice/*`,
    copies: `${objects}${prefix}_replay/*`,
  };
}

/**
 * What the IAM user needs, and no more: an IAM policy as JSON. Statements called Required make delivery work; the
 * Optional ones let Sluice look and tidy up, and may be left out.
 */
export function leastPolicy(place: PolicyPlace): string {
  return writePolicy(leastStatements(place));
}

/** The statements of that policy, for the formats that hold it. */
export function leastStatements(place: PolicyPlace): readonly PolicyStatement[] {
  const { kmsKeyArn, prefix } = place;
  const arn = arns(place);
  const key = kmsKeyArn === null ? null : [kmsKeyArn];
  return [
    allow('SluiceRequiredFiles', ['s3:PutObject', 's3:GetObject'], [arn.data, arn.probes]),
    ...(key === null ? [] : [allow('SluiceRequiredKey', ['kms:GenerateDataKey'], key)]),
    {
      ...allow('SluiceOptionalList', ['s3:ListBucket'], [arn.bucket]),
      ...(prefix === '' ? {} : { Condition: { StringLike: { 's3:prefix': [`${prefix}*`] } } }),
    },
    allow('SluiceOptionalCopies', ['s3:PutObject', 's3:GetObject'], [arn.copies]),
    allow('SluiceOptionalTidyUp', ['s3:DeleteObject'], [arn.probes]),
    ...(key === null ? [] : [allow('SluiceOptionalReadBack', ['kms:Decrypt'], key)]),
    allow('SluiceOptionalCheck', BUCKET_READS, [arn.bucket]),
  ];
}

const BUCKET_READS = [
  's3:GetBucketPublicAccessBlock',
  's3:GetBucketOwnershipControls',
  's3:GetBucketVersioning',
  's3:GetBucketObjectLockConfiguration',
  's3:GetEncryptionConfiguration',
];

/** The broad grant of the setup guide, on the whole bucket: an IAM policy as JSON. */
export function guidePolicy(place: PolicyPlace): string {
  const arn = arns(place);
  const actions = ['s3:List*', 's3:Get*', 's3:Delete*', 's3:Put*'];
  const keyActions = ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey'];
  return writePolicy([
    allow('SluiceBucket', actions, [arn.bucket, arn.everyObject]),
    ...(place.kmsKeyArn === null ? [] : [allow('SluiceKey', keyActions, [place.kmsKeyArn])]),
  ]);
}

function allow(sid: string, actions: readonly string[], resources: readonly string[]): PolicyStatement {
  return { Sid: sid, Effect: 'Allow', Action: actions, Resource: resources };
}
