import { describe, expect, test } from 'vitest';
import { ALL_CHECK_CAUSES, CHECK_CAUSES, checkCause } from './causes';
import type { FixFacts } from './fix-facts';
import { nameCause } from './name-cause';
import type { CheckStep } from './step';

const FACTS: FixFacts = {
  endpoint: '',
  bucket: 'aurora-events',
  prefix: 'permutive/',
  region: 'eu-west-1',
  kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/7d2c',
  accessKind: 'keys',
  roleArn: null,
  externalId: 'slx-1',
  principalArn: 'arn:aws:iam::123456789012:user/sluice',
  accountId: '123456789012',
  ownerAccountId: '123456789012',
  foundRegion: 'us-east-1',
  keyArn: null,
  testFileKey: null,
  takenBy: null,
  surplusCount: 5,
};
const NOTHING_KNOWN: FixFacts = {
  ...FACTS,
  kmsKeyArn: null,
  principalArn: null,
  accountId: null,
  ownerAccountId: null,
  foundRegion: null,
  prefix: '',
};

describe('the catalogue', () => {
  test('is long enough to be of use', () => expect(ALL_CHECK_CAUSES.length).toBeGreaterThanOrEqual(25));

  test.each(ALL_CHECK_CAUSES)('%s has an owner, a sentence and something to paste', (cause) => {
    for (const facts of [
      FACTS,
      { ...FACTS, accessKind: 'role', roleArn: 'arn:aws:iam::1:role/r' } as const,
      NOTHING_KNOWN,
    ]) {
      const { owner, sentence, fix } = CHECK_CAUSES[cause];
      expect(['customer', 'us', 'aws']).toContain(owner);
      expect(sentence(facts)).toMatch(/^[A-Z].{20,}[.]$/s);
      const { title, text, language } = fix(facts);
      expect(title.length).toBeGreaterThan(10);
      expect(text.trim()).not.toBe('');
      expect(`${title}${text}${sentence(facts)}`).not.toMatch(/undefined|null|\[object/);
      if (language === 'json') expect(JSON.parse(text)).toBeTypeOf('object');
    }
  });

  test('a refused role is told everything that may be behind it: its ARN, whom it trusts, the external ID', () => {
    const roleArn = 'arn:aws:iam::123456789012:role/sluice';
    const { text } = CHECK_CAUSES.role_refused.fix({ ...FACTS, accessKind: 'role', roleArn });
    for (const named of [roleArn, 'sts:AssumeRole', FACTS.externalId]) expect(text).toContain(named);
  });

  test('a cause that this version does not know reads as an answer that nobody foresaw', () => {
    expect(checkCause('constructor')).toBe(CHECK_CAUSES.unlisted_answer);
  });
});

const U = 'User: arn:aws:iam::123456789012:user/sluice is not authorized to perform:';
const PUT = `${U} s3:PutObject on resource: "arn:aws:s3:::aurora-events/permutive/x"`;
const KEY = `${U} kms:GenerateDataKey on resource: arn:aws:kms:eu-west-1:123456789012:key/7d2c`;

/** [step, HTTP status, code, message, cause]: texts as AWS writes them. */
const ANSWERS: readonly (readonly [CheckStep, number | null, string, string, string])[] = [
  ['write', 403, 'AccessDenied', 'Access Denied', 'write_refused'],
  [
    'write',
    403,
    'AccessDenied',
    `${PUT} because no identity-based policy allows the s3:PutObject action`,
    'write_not_granted',
  ],
  [
    'write',
    403,
    'AccessDenied',
    `${PUT} with an explicit deny in an identity-based policy`,
    'write_refused_by_identity_policy',
  ],
  [
    'write',
    403,
    'AccessDenied',
    `${PUT} because no resource-based policy allows the s3:PutObject action`,
    'write_not_granted_by_bucket',
  ],
  [
    'write',
    403,
    'AccessDenied',
    `${PUT} with an explicit deny in a resource-based policy`,
    'write_refused_by_bucket_policy',
  ],
  [
    'write',
    403,
    'AccessDenied',
    `${PUT} with an explicit deny in a service control policy`,
    'write_refused_by_organization',
  ],
  [
    'write',
    403,
    'AccessDenied',
    `${PUT} with an explicit deny in a resource control policy`,
    'write_refused_by_organization',
  ],
  [
    'write',
    403,
    'AccessDenied',
    `${PUT} because no permissions boundary allows the s3:PutObject action`,
    'write_refused_by_boundary',
  ],
  [
    'write',
    403,
    'AccessDenied',
    `${PUT} because no VPC endpoint policy allows the s3:PutObject action`,
    'write_refused_by_endpoint',
  ],
  [
    'write',
    403,
    'AccessDenied',
    `${PUT} because no session policy allows the s3:PutObject action`,
    'write_refused_by_session',
  ],
  [
    'write',
    403,
    'AccessDenied',
    `${KEY} because no identity-based policy allows the kms:GenerateDataKey action`,
    'kms_not_granted',
  ],
  [
    'write',
    403,
    'AccessDenied',
    `${KEY} because no resource-based policy allows the kms:GenerateDataKey action`,
    'kms_key_policy',
  ],
  ['write', 403, 'AccessDenied', `${KEY} with an explicit deny in a service control policy`, 'kms_refused'],
  [
    'write',
    400,
    'KMS.AccessDeniedException',
    'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
    'kms_refused',
  ],
  [
    'write',
    400,
    'KMS.DisabledException',
    'arn:aws:kms:eu-west-1:1:key/7d2c is disabled.',
    'kms_key_disabled',
  ],
  [
    'write',
    400,
    'KMS.KMSInvalidStateException',
    'arn:aws:kms:eu-west-1:1:key/7d2c is pending deletion.',
    'kms_key_disabled',
  ],
  ['write', 400, 'KMS.NotFoundException', 'Key does not exist', 'kms_key_missing'],
  ['write', 400, 'KMS.KeyUnavailableException', 'The key store is not connected', 'kms_key_unavailable'],
  ['write', 400, 'InvalidArgument', 'Invalid arn us-west-2', 'kms_key_elsewhere'],
  ['write', 400, 'InvalidArgument', 'An argument is invalid', 'request_refused'],
  [
    'write',
    501,
    'NotImplemented',
    'A header you provided implies functionality that is not implemented',
    'condition_unsupported',
  ],
  ['write', 400, 'AccessControlListNotSupported', 'The bucket does not allow ACLs', 'acl_not_supported'],
  ['write', 403, 'QuotaExceeded', '', 'bucket_full'],
  [
    'write',
    403,
    'RequestTimeTooSkewed',
    'The difference between the request time and the server\u2019s time is too large.',
    'clock_skew',
  ],
  ['write', 400, 'BadDigest', 'The CRC32 you specified did not match what we received', 'file_changed'],
  ['write', 503, 'SlowDown', 'Please reduce your request rate.', 'slow_down'],
  ['write', 500, 'InternalError', 'We encountered an internal error.', 'store_trouble'],
  ['write', 418, 'Teapot', '', 'unlisted_answer'],
  ['write', null, 'TimeoutError', '', 'no_answer'],
  ['write', null, 'ECONNREFUSED', '', 'unreachable'],
  ['bucket', null, 'ENOTFOUND', '', 'unreachable'],
  ['bucket', null, 'CERT_HAS_EXPIRED', '', 'certificate_invalid'],
  ['bucket', 404, 'NoSuchBucket', '', 'bucket_missing'],
  ['bucket', 301, 'PermanentRedirect', '', 'region_wrong'],
  [
    'credentials',
    403,
    'InvalidClientTokenId',
    'The security token included in the request is invalid.',
    'access_key_unknown',
  ],
  ['credentials', 403, 'InvalidAccessKeyId', '', 'access_key_unknown'],
  ['credentials', 403, 'SignatureDoesNotMatch', '', 'secret_wrong'],
  ['credentials', 403, 'ExpiredToken', '', 'token_expired'],
  ['credentials', 400, 'InvalidToken', '', 'token_invalid'],
  ['credentials', 403, 'AccountProblem', '', 'account_closed'],
  ['credentials', 401, 'Whatever', '', 'unauthorized'],
  ['credentials', null, 'CredentialUnreadable', '', 'credential_unreadable'],
  ['credentials', null, 'AWS_IDENTITY_MISSING', '', 'aws_identity_missing'],
  [
    'credentials',
    403,
    'RegionDisabledException',
    'STS is not activated in this region',
    'sts_region_disabled',
  ],
  [
    'credentials',
    400,
    'ValidationError',
    'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    'role_session_too_long',
  ],
  [
    'credentials',
    403,
    'AccessDenied',
    'User: arn:aws:iam::1:user/s is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::2:role/r',
    'role_refused',
  ],
  ['read', 403, 'Forbidden', '', 'read_not_granted'],
  [
    'read_back',
    403,
    'AccessDenied',
    `${U} kms:Decrypt on resource: arn:aws:kms:eu-west-1:1:key/7d2c because no identity-based policy allows the kms:Decrypt action`,
    'decrypt_not_granted',
  ],
  ['list', 403, 'AccessDenied', '', 'list_not_granted'],
  ['clean_up', 403, 'AccessDenied', '', 'clean_up_not_granted'],
  ['versioning', 403, 'AccessDenied', '', 'settings_unreadable'],
];

describe('an answer', () => {
  test.each(ANSWERS)('at %s of %s %s “%s” means %s', (step, httpStatus, code, message, cause) => {
    expect(nameCause(step, { httpStatus, code, message })).toBe(cause);
  });
});
