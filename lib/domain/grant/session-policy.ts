/** AWS takes inline session policies up to this length. */
const CHARACTERS_MAX = 2_048;

interface SessionPlace {
  readonly bucket: string;
  /** Each empty or ending in a slash. */
  readonly prefixes: readonly string[];
  readonly region: string;
  readonly kmsKeyArn: string | null;
}

/**
 * Confines a session of a customer's role to our own objects under the prefixes, whatever the role itself may do. At
 * most 2,048 characters: prefixes that are too long together give way to what they have in common.
 */
export function sessionPolicy(place: SessionPlace): string {
  const whole = write(place, place.prefixes);
  if (whole.length <= CHARACTERS_MAX) return whole;
  return write(place, [commonPrefix(place.prefixes)]);
}

function write({ bucket, region, kmsKeyArn }: SessionPlace, prefixes: readonly string[]): string {
  const bucketArn = `arn:aws:s3:::${bucket}`;
  const statements = [
    {
      Effect: 'Allow',
      Action: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject'],
      Resource: prefixes.map((prefix) => `${bucketArn}/${prefix}*`),
    },
    {
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: bucketArn,
      Condition: { StringLike: { 's3:prefix': prefixes.map((prefix) => `${prefix}*`) } },
    },
    { Effect: 'Allow', Action: BUCKET_READS, Resource: bucketArn },
    {
      Effect: 'Allow',
      Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
      // A bucket may encrypt by default with a key that nobody has named to us: only through S3, then.
      Resource: kmsKeyArn ?? '*',
      Condition: { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } },
    },
  ];
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** What the check reads of a bucket; the role itself may still refuse it. */
const BUCKET_READS = [
  's3:GetBucketPublicAccessBlock',
  's3:GetBucketOwnershipControls',
  's3:GetBucketVersioning',
  's3:GetBucketObjectLockConfiguration',
  's3:GetEncryptionConfiguration',
];

/** A session with it can do nothing at all. */
export const POWERLESS_POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
});

function commonPrefix(prefixes: readonly string[]): string {
  const [first = '', ...others] = prefixes;
  const differs = [...first].findIndex((sign, at) => others.some((other) => other[at] !== sign));
  return differs === -1 ? first : first.slice(0, differs);
}
