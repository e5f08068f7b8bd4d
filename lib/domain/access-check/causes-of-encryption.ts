import { type CauseEntry, customer } from './cause-entry';
import { keyLink } from './console-link';
import type { FixFacts } from './fix-facts';
import { keyName, keyOf, whoOf } from './principal';
import { keyPolicyStatement, keyStatement, shell } from './statements';

const USE = ['kms:GenerateDataKey'];

function describeKey(facts: FixFacts): string {
  return `aws kms describe-key --key-id ${keyOf(facts)} --region ${facts.region}`;
}

/** What is wrong with the KMS key, or with who may use it. */
export const CAUSES_OF_ENCRYPTION = {
  kms_not_granted: customer(
    (facts) =>
      `The ${whoOf(facts)} may write to the bucket but not use the key ${keyName(facts)}: its own policies do not allow kms:GenerateDataKey.`,
    (facts) => keyStatement(facts, USE),
  ),
  kms_key_policy: customer(
    (facts) =>
      `The ${whoOf(facts)} may write to the bucket but not use the key ${keyName(facts)}: the key’s policy does not let it.`,
    (facts) => keyPolicyStatement(facts, USE),
  ),
  kms_refused: customer(
    (facts) =>
      `The ${whoOf(facts)} may write to the bucket, but AWS refuses the use of the key ${keyName(facts)}. Its own policy and the key’s must both allow it.`,
    (facts) => keyPolicyStatement(facts, USE),
  ),
  kms_default_refused: customer(
    'The bucket encrypts with a KMS key by default, and AWS refuses us its use. Without that encryption the upload succeeds.',
    (facts) => keyPolicyStatement(facts, USE),
  ),
  kms_key_disabled: customer(
    (facts) => `The key ${keyName(facts)} is disabled, or is about to be deleted.`,
    (facts) =>
      shell(
        'Enable the key',
        `aws kms enable-key --key-id ${keyOf(facts)} --region ${facts.region}`,
        keyLink(facts),
      ),
  ),
  kms_key_missing: customer(
    (facts) => `There is no key ${keyName(facts)} in ${facts.region}, or it cannot encrypt objects.`,
    (facts) =>
      shell('Look whether the ARN is right, then correct it on the Connection page', describeKey(facts)),
  ),
  kms_key_unavailable: customer(
    (facts) => `The key ${keyName(facts)} cannot be reached: its key store does not answer.`,
    (facts) => shell('Look at the state of the key and its key store', describeKey(facts), keyLink(facts)),
  ),
  kms_key_elsewhere: customer(
    (facts) => `The key ${keyName(facts)} lies in another region than the bucket.`,
    ({ region }) => shell('Take a key of the bucket’s region', `aws kms list-aliases --region ${region}`),
  ),
  other_encryption: customer('The test file was not encrypted with the key that was named.', ({ bucket }) =>
    shell('Look at what the bucket makes of it', `aws s3api get-bucket-encryption --bucket ${bucket}`),
  ),
  decrypt_not_granted: customer(
    'We may write but not read back what we wrote. Delivery works; previews and looks into a file do not.',
    (facts) => keyStatement(facts, ['kms:Decrypt']),
  ),
} as const satisfies Record<string, CauseEntry>;
