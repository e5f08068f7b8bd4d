import { placeTakenSentence } from '@/lib/domain/destination/place-taken';
import { type CauseEntry, customer, us } from './cause-entry';
import { bucketLink } from './console-link';
import { plain, shell } from './statements';

function blockPublic(bucket: string): string {
  const all = 'BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true';
  return `aws s3api put-public-access-block --bucket ${bucket} --public-access-block-configuration ${all}`;
}

function ownObjects(bucket: string): string {
  return `aws s3api put-bucket-ownership-controls --bucket ${bucket} --ownership-controls 'Rules=[{ObjectOwnership=BucketOwnerEnforced}]'`;
}

/** What is wrong with the bucket, its settings, or what we were told about it. */
export const CAUSES_OF_PLACE = {
  shape_wrong: us(
    'The place is not well formed: a name, a prefix or an ARN does not follow the rules.',
    ({ bucket, prefix }) => plain('Correct it on the Connection page', `s3://${bucket}/${prefix}`),
  ),
  bucket_missing: customer(
    ({ bucket }) => `There is no bucket named ${bucket}. Correct the name, or create it.`,
    ({ bucket, region }) =>
      shell(
        'Create the bucket, with public access blocked',
        `aws s3api create-bucket --bucket ${bucket} --region ${region}${region === 'us-east-1' ? '' : ` --create-bucket-configuration LocationConstraint=${region}`}\n${blockPublic(bucket)}`,
      ),
  ),
  region_wrong: us(
    ({ region, foundRegion }) =>
      foundRegion === null
        ? `The bucket does not lie in ${region}.`
        : `The bucket lies in ${foundRegion}, not in ${region}. Correct the region before looking at rights.`,
    ({ foundRegion }) =>
      plain('Choose this region on the Connection page', foundRegion ?? 'the bucket’s region'),
  ),
  place_taken: us(
    ({ takenBy }) => placeTakenSentence(takenBy),
    ({ bucket, prefix }) =>
      plain(
        'Enter a prefix of its own on the Connection page, for example',
        `s3://${bucket}/${prefix}another/`,
      ),
  ),
  owner_mismatch: customer(
    ({ ownerAccountId, bucket }) =>
      `The bucket ${bucket} does not belong to the account ${ownerAccountId ?? 'that was named'}. Nothing is delivered to a bucket of somebody else.`,
    ({ bucket, ownerAccountId }) =>
      shell(
        'Look whose bucket it is, signed in to the account that should own it; then correct the account or the name',
        `aws sts get-caller-identity --query Account\naws s3api head-bucket --bucket ${bucket} --expected-bucket-owner ${ownerAccountId ?? 'ACCOUNT'}`,
      ),
  ),
  owner_unknown: customer(
    ({ accountId }) =>
      accountId === null
        ? 'Nobody could say whose account the access is of, and nobody has named the one that owns the bucket.'
        : `The bucket does not belong to the account of the access (${accountId}), and nobody has named the one that owns it.`,
    () =>
      shell(
        'Name the account that owns the bucket: these twelve digits, said when you are signed in to it',
        'aws sts get-caller-identity --query Account --output text',
      ),
  ),
  probe_public: customer(
    ({ bucket }) =>
      `Anybody on the internet can read what is written to ${bucket}. Nothing is delivered while that is so.`,
    (facts) => shell('Block public access to the bucket', blockPublic(facts.bucket), bucketLink(facts)),
  ),
  public_block_off: customer(
    'The file is not public now, but the bucket’s settings would allow it to become so.',
    (facts) => shell('Block public access to the bucket', blockPublic(facts.bucket), bucketLink(facts)),
  ),
  ownership_of_writer: customer(
    'Objects belong to whoever writes them. If the access is of another account than the bucket, you would not own your files.',
    (facts) => shell('Let the bucket’s owner own every object', ownObjects(facts.bucket), bucketLink(facts)),
  ),
  acl_not_supported: customer('The bucket does not take ACLs, and something asks for one.', (facts) =>
    shell('Let the bucket’s owner own every object', ownObjects(facts.bucket), bucketLink(facts)),
  ),
  lock_by_default: customer(
    'The bucket locks every object for a while. Delivery works; our test files stay until the lock ends.',
    ({ bucket }) =>
      shell(
        'Nothing has to be changed. To look at the rule',
        `aws s3api get-object-lock-configuration --bucket ${bucket}`,
      ),
  ),
  keeps_versions: customer(
    'The bucket keeps versions. Delivery works; our small test files would pile up as versions, so we make none in between.',
    ({ bucket, prefix }) =>
      shell(
        'Nothing has to be changed. To let old versions of test files go by themselves after a day',
        `aws s3api put-bucket-lifecycle-configuration --bucket ${bucket} --lifecycle-configuration '${JSON.stringify({ Rules: [{ ID: 'sluice-test-files', Status: 'Enabled', Filter: { Prefix: `${prefix}_sluice/` }, NoncurrentVersionExpiration: { NoncurrentDays: 1 } }] })}'\n# This replaces the bucket's other lifecycle rules: add the rule to them where there are any.`,
      ),
  ),
  bucket_full: customer('The bucket is full: its quota takes no further object.', ({ bucket }) =>
    shell(
      'Raise its quota, or free some space',
      `radosgw-admin quota set --quota-scope=bucket --bucket=${bucket} --max-size=SIZE`,
    ),
  ),
} as const satisfies Record<string, CauseEntry>;
