import { leastPolicy } from '@/lib/domain/grant/access-policy';
import { type CauseEntry, customer } from './cause-entry';
import { bucketLink, identityLink } from './console-link';
import type { FixFacts } from './fix-facts';
import { whoOf } from './principal';
import {
  bucketPolicyStatement,
  bucketStatement,
  filesStatement,
  identityStatement,
  shell,
} from './statements';
import type { CheckFixLink } from './view';

const WRITE = ['s3:PutObject', 's3:GetObject'];

const ofIdentity = (facts: FixFacts) => identityLink(facts, 'permissions');
const nowhere = () => null;

function denyRule(title: string, kind: string, linkOf: (facts: FixFacts) => CheckFixLink | null) {
  return (facts: FixFacts) => ({
    title,
    language: 'text' as const,
    text: `A statement with "Effect": "Deny" in ${kind} matches s3:PutObject by ${whoOf(facts)} on arn:aws:s3:::${facts.bucket}/${facts.prefix}type=* and arn:aws:s3:::${facts.bucket}/${facts.prefix}_sluice/*. Exempt it there; an Allow elsewhere does not help.`,
    link: linkOf(facts),
  });
}

/** Which permission is missing, or which rule forbids, for objects and for the bucket. */
export const CAUSES_OF_RIGHTS = {
  write_not_granted: customer(
    (facts) => `No policy of the ${whoOf(facts)} allows s3:PutObject under this prefix.`,
    (facts) => filesStatement(facts, WRITE),
  ),
  write_refused_by_bucket_policy: customer(
    'A rule in the bucket’s policy forbids the upload.',
    denyRule('Exempt the access in the bucket’s policy', 'the bucket’s policy', bucketLink),
  ),
  write_not_granted_by_bucket: customer(
    'The bucket belongs to another account than the access, and the bucket’s policy does not let it in.',
    (facts) => bucketPolicyStatement(facts, WRITE),
  ),
  write_refused_by_identity_policy: customer(
    (facts) => `A rule in a policy of the ${whoOf(facts)} forbids the upload.`,
    denyRule('Exempt these objects in the identity’s policy', 'a policy of the identity', ofIdentity),
  ),
  write_refused_by_organization: customer(
    'A service control or resource control policy of your AWS organization forbids the upload.',
    denyRule(
      'For whoever manages your AWS organization',
      'a service control or resource control policy',
      nowhere,
    ),
  ),
  write_refused_by_boundary: customer(
    (facts) => `The permissions boundary of the ${whoOf(facts)} does not include s3:PutObject.`,
    (facts) => ({
      ...filesStatement(facts, WRITE),
      title: `Add this statement to the permissions boundary of the ${whoOf(facts)}`,
    }),
  ),
  write_refused_by_endpoint: customer(
    'The policy of a VPC endpoint, or a rule about networks, keeps us out. Our uploads come from the internet.',
    denyRule(
      'Exempt the access from the rule about networks',
      'the policy of a VPC endpoint or of the bucket (aws:SourceVpce, aws:SourceIp)',
      bucketLink,
    ),
  ),
  write_refused_by_session: customer(
    'The session policy with which the role is used does not reach these objects: the role is meant for another prefix.',
    (facts) => filesStatement(facts, WRITE),
  ),
  write_refused: customer(
    'AWS refuses the upload and does not say why. Most often the policy lacks s3:PutObject under this prefix.',
    (facts) => filesStatement(facts, WRITE),
  ),
  read_not_granted: customer(
    'AWS does not let us look at our own file. Without that we could not tell after a lost answer whether it arrived, and would stop for ever.',
    (facts) => filesStatement(facts, WRITE),
  ),
  list_not_granted: customer(
    'We may not list what is under the prefix. Delivery works; comparisons with the bucket then ask for file after file, and are slower.',
    (facts) => {
      const { text, ...fix } = bucketStatement(facts, 'SluiceOptionalList', ['s3:ListBucket']);
      if (facts.prefix === '') return { ...fix, text };
      const condition = { StringLike: { 's3:prefix': [`${facts.prefix}*`] } };
      return { ...fix, text: JSON.stringify({ ...JSON.parse(text), Condition: condition }, null, 2) };
    },
  ),
  clean_up_not_granted: customer(
    'We may not remove our own test file. It is small, lies under _sluice/, and you may delete it.',
    (facts) =>
      identityStatement(facts, 'SluiceOptionalTidyUp', {
        actions: ['s3:DeleteObject'],
        on: [`arn:aws:s3:::${facts.bucket}/${facts.prefix}_sluice/*`],
      }),
  ),
  settings_unreadable: customer(
    'We may not read this setting of the bucket. Delivery works; nobody has looked at it.',
    (facts) =>
      bucketStatement(facts, 'SluiceOptionalCheck', [
        's3:GetBucketPublicAccessBlock',
        's3:GetBucketOwnershipControls',
        's3:GetBucketVersioning',
        's3:GetBucketObjectLockConfiguration',
        's3:GetEncryptionConfiguration',
      ]),
  ),
  grant_surplus: customer(
    ({ surplusCount: count }) =>
      `The grant can do ${count === 1 ? '1 thing' : `${count ?? 'many'} things`} that we never use. It works as it is; this policy is all we need.`,
    (facts) => ({
      title: `Replace the policy of the ${whoOf(facts)} by this one`,
      language: 'json',
      text: leastPolicy(facts),
      link: ofIdentity(facts),
    }),
  ),
  put_refused_without_encryption: customer(
    'The bucket’s policy takes only uploads that ask for a certain encryption, and this routing asks for another one.',
    ({ bucket }) =>
      shell(
        'See which encryption the policy asks for, then name its key on the Connection page',
        `aws s3api get-bucket-policy --bucket ${bucket} --query Policy --output text`,
      ),
  ),
} as const satisfies Record<string, CauseEntry>;
