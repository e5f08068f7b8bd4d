import { type CauseEntry, customer, us } from './cause-entry';
import { identityLink } from './console-link';
import type { FixFacts } from './fix-facts';
import { whoOf } from './principal';
import { plain, shell, trustCondition } from './statements';
import type { CheckFix } from './view';

const ENTER_ANEW = 'Enter the access keys anew on the Connection page or through the hand-over link.';
const NEW_KEY = () =>
  shell('Make a new access key, then enter it', 'aws iam create-access-key --user-name USER');

/** Why the access itself is not accepted. */
export const CAUSES_OF_ACCESS = {
  access_key_unknown: customer(
    'AWS does not know this access key ID: it was deleted, is inactive, or was mistyped.',
    () =>
      shell(
        'See which keys the user has, activate this one, or make a new one and enter it',
        'aws iam list-access-keys --user-name USER\naws iam update-access-key --user-name USER --access-key-id KEY-ID --status Active\naws iam create-access-key --user-name USER',
      ),
  ),
  secret_wrong: customer(
    'The secret access key does not belong to the access key ID. Most often a sign was lost when it was copied.',
    () => plain('AWS shows a secret once only: copy both anew, or make a new key', ENTER_ANEW),
  ),
  token_expired: customer(
    'These are temporary credentials, and they have expired. Delivery needs keys that last, or a role.',
    NEW_KEY,
  ),
  token_invalid: customer(
    'AWS does not accept these credentials: they look temporary, and come without what belongs to them.',
    NEW_KEY,
  ),
  root_keys: customer(
    'These are keys of the account’s root user, which may do everything. Sluice does not take them: use those of an IAM user with the policy below.',
    () =>
      shell(
        'Make an IAM user with keys of its own, and delete the root user’s',
        'aws iam create-user --user-name sluice-delivery\naws iam create-access-key --user-name sluice-delivery',
      ),
  ),
  own_account: customer(
    'This access, or the bucket, is of our own AWS account. What we deliver lies in an account of the customer’s.',
    () =>
      plain(
        'Make a user or a role in the account that owns the bucket, and give access by that',
        'Enter it on the Connection page or through the hand-over link.',
      ),
  ),
  account_closed: customer('AWS says that the account of the bucket or of the access is not active.', () =>
    plain(
      'The account’s owner has to settle this with AWS',
      'https://console.aws.amazon.com/billing/home#/account',
    ),
  ),
  unauthorized: customer('The store does not accept this access.', () =>
    plain('Give access that the store accepts', ENTER_ANEW),
  ),
  credential_unreadable: us(
    'The stored access cannot be opened on our side. Nothing about the bucket is wrong.',
    () =>
      plain(
        'For whoever runs Sluice: see which key is missing, or enter the access anew',
        'npm run secrets:rotate',
      ),
  ),
  role_refused: customer(
    ({ roleArn }) =>
      `AWS does not let us take on the role ${roleArn ?? ''}: there is none of this name, its trust policy does not let us in, or it asks for another external ID. AWS says the same of all three.`,
    refusedRole,
  ),
  role_session_too_long: customer('The role does not allow sessions of an hour.', ({ roleArn }) =>
    shell(
      'Allow sessions of an hour',
      `aws iam update-role --role-name ${roleArn?.split('/').at(-1) ?? 'ROLE'} --max-session-duration 3600`,
    ),
  ),
  sts_region_disabled: customer(
    ({ region }) => `AWS STS is switched off in ${region} in the account of the role.`,
    ({ region }) =>
      plain(
        'Activate the region in the account settings of IAM',
        `https://console.aws.amazon.com/iam/home#/account_settings (STS, ${region}: Active)`,
      ),
  ),
  aws_identity_missing: us('Roles need an AWS identity of ours, and none is configured here.', () =>
    plain(
      'For whoever runs Sluice: configure the identity, or take access keys meanwhile',
      'SLUICE_AWS_ACCESS_KEY_ID, SLUICE_AWS_SECRET_ACCESS_KEY',
    ),
  ),
  aws_identity_refused: us('AWS does not accept the identity of ours that takes on roles.', () =>
    plain(
      'For whoever runs Sluice: correct the identity of the worker',
      'SLUICE_AWS_ACCESS_KEY_ID, SLUICE_AWS_SECRET_ACCESS_KEY',
    ),
  ),
  external_id_not_asked: customer(
    (facts) =>
      `The ${whoOf(facts)} lets us in without any external ID. So could others through us; delivery waits until it asks for ours.`,
    (facts) => trustCondition(facts),
  ),
  external_id_not_compared: customer(
    (facts) =>
      `The ${whoOf(facts)} takes any external ID. So could others get in through us; delivery waits until it takes only ours.`,
    (facts) => trustCondition(facts),
  ),
} as const satisfies Record<string, CauseEntry>;

/** From outside a role that is not there looks like one that does not trust us: so the fix goes through all causes. */
function refusedRole(facts: FixFacts): CheckFix {
  return plain(
    'Look at these three, in this order',
    [
      `1. The role exists, and its ARN is exactly ${facts.roleArn ?? 'the one you entered'}: compare account, path and name.`,
      '2. Its trust policy allows sts:AssumeRole to our identity. The whole policy, ready to paste, stands on this page with the texts for AWS.',
      `3. Its condition on sts:ExternalId is exactly ${facts.externalId}.`,
    ].join('\n'),
    identityLink(facts, 'trust_relationships'),
  );
}
