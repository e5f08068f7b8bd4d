import { expect, test } from 'vitest';
import { bucketLink, identityLink, keyLink } from './console-link';
import type { FixFacts } from './fix-facts';

const ACCOUNT = '123456789012';
const FACTS: FixFacts = {
  endpoint: '',
  bucket: 'aurora-events',
  prefix: 'permutive/',
  region: 'eu-west-1',
  kmsKeyArn: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/7d2c`,
  accessKind: 'role',
  roleArn: `arn:aws:iam::${ACCOUNT}:role/teams/data/sluice`,
  externalId: 'slx-1',
  principalArn: `arn:aws:sts::${ACCOUNT}:assumed-role/sluice/sluice`,
  accountId: ACCOUNT,
  ownerAccountId: ACCOUNT,
  foundRegion: null,
  keyArn: null,
  testFileKey: null,
  takenBy: null,
  surplusCount: null,
};
const KEYS = { ...FACTS, accessKind: 'keys', roleArn: null } as const;
const IAM = 'https://console.aws.amazon.com/iam/home#';

test('a role is opened by its name without its path, a user likewise', () => {
  expect(identityLink(FACTS, 'trust_relationships')).toEqual({
    label: 'Open the role in AWS',
    url: `${IAM}/roles/details/sluice?section=trust_relationships`,
  });
  const user = { ...KEYS, principalArn: `arn:aws:iam::${ACCOUNT}:user/a+b@c` };
  expect(identityLink(user, 'permissions')?.url).toBe(`${IAM}/users/details/a%2Bb%40c?section=permissions`);
});

test('a key that the store named goes before the one of the place', () => {
  const named = { ...FACTS, keyArn: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/other` };
  const home = 'https://eu-west-1.console.aws.amazon.com/kms/home?region=eu-west-1#/kms/keys';
  expect(keyLink(FACTS)?.url).toBe(`${home}/7d2c`);
  expect(keyLink(named)?.url).toBe(`${home}/other`);
});

test.each([
  ['a store that is not AWS', { endpoint: 'https://s3.example' }],
  ['China', { region: 'cn-north-1' }],
  ['GovCloud', { region: 'us-gov-west-1' }],
])('%s has no page of the console that we know', (_, more) => {
  const facts = { ...FACTS, ...more };
  expect([bucketLink(facts), keyLink(facts), identityLink(facts, 'permissions')]).toEqual([null, null, null]);
});

test('what nobody knows the name of is not linked', () => {
  expect(identityLink({ ...KEYS, principalArn: null }, 'permissions')).toBeNull();
  expect(keyLink({ ...FACTS, kmsKeyArn: null })).toBeNull();
});
