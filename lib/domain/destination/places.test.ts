import { describe, expect, test } from 'vitest';
import { accessKeyIdFault, secretAccessKeyFault, stripPasted } from './access-key';
import { bucketFault } from './bucket';
import { kmsKeyFault, kmsRegionFault } from './kms-key';
import { pastedNotices } from './pasted-notices';
import { bucketInPrefixFault, normalizePrefix, prefixFault } from './prefix';
import { isRegion, REGIONS, regionFault } from './region';

describe('a bucket', () => {
  test.each(['aurora-events', 'a.b-c', 'abc', '0data0', 'x'.repeat(63)])('%s is accepted', (bucket) => {
    expect(bucketFault(bucket)).toBeNull();
  });

  test.each([
    ['', 'Enter the name of the bucket'],
    ['s3://aurora-events', 'without s3://'],
    ['s3a://aurora-events/x', 'without s3://'],
    ['arn:aws:s3:::aurora-events', 'not its ARN'],
    ['https://aurora-events.s3.amazonaws.com', 'not its web address'],
    ['aurora-events/sluice', 'no slash'],
    ['Aurora-Events', 'no capital letters'],
    ['aurora events', 'no spaces'],
    ['aurora_events', 'lower-case letters, digits, dots and hyphens'],
    ['bucket--use1-az4--x-s3', '--x-s3'],
    ['my-access-point-s3alias', '-s3alias'],
    ['lambda--ol-s3', '--ol-s3'],
    ['mfzwi23gnjvgw.mrap', '.mrap'],
    ['tables--table-s3', '--table-s3'],
    ['ab', '3 to 63'],
    ['x'.repeat(64), '3 to 63'],
    ['-abc', 'starts and ends'],
    ['abc.', 'starts and ends'],
    ['a..b', 'two dots'],
    ['192.168.5.4', 'IP address'],
    ['xn--bucket', 'reserves'],
    ['bücket', 'lower-case letters, digits'],
  ])('%s is refused, saying “%s”', (bucket, sentence) => {
    expect(bucketFault(bucket)).toContain(sentence);
  });
});

describe('a prefix', () => {
  test.each(['', 'sluice', 'a/b=1/c.d_e-f/', 'x'.repeat(511)])('%s is accepted', (prefix) => {
    expect(prefixFault(prefix)).toBeNull();
  });

  test.each([
    ['/sluice', 'slash at the beginning'],
    ['s3://aurora/sluice', 'only the path'],
    ['a/../b', '“..”'],
    ['..', '“..”'],
    ['./a', '“.”'],
    ['a//b', 'double slash'],
    ['a b', 'letters, digits'],
    ['a%2Fb', 'letters, digits'],
    ['é', 'letters, digits'],
    ['x'.repeat(512), 'at most 512'],
  ])('%s is refused, saying “%s”', (prefix, sentence) => {
    expect(prefixFault(prefix)).toContain(sentence);
  });

  test('ends in exactly one slash when stored, unless empty', () => {
    expect(['', 'a', 'a/', 'a/b'].map(normalizePrefix)).toEqual(['', 'a/', 'a/', 'a/b/']);
  });

  test('must not hold the bucket, but may hold a longer name that begins like it', () => {
    expect(bucketInPrefixFault('aurora/events/', 'aurora')).toContain('Remove the bucket');
    expect(bucketInPrefixFault('events/aurora', 'aurora')).toContain('Remove the bucket');
    expect(bucketInPrefixFault('aurora-events/', 'aurora')).toBeNull();
    expect(bucketInPrefixFault('', '')).toBeNull();
  });
});

describe('a region', () => {
  test('is one of the closed list', () => {
    expect(REGIONS.every((region) => regionFault(region) === null)).toBe(true);
    expect(isRegion('eu-west-1')).toBe(true);
    expect(isRegion('aws-global')).toBe(false);
  });

  test.each([
    ['', 'Choose the region'],
    ['EU-West-1', 'lower case: eu-west-1'],
    ['aws-global', 'not one region'],
    ['EU', 'not one region'],
    ['us-east', 'not one region'],
    ['eu-west-1a', 'availability zone; its region is eu-west-1'],
    ['eu-west-99', 'not a region Sluice knows'],
    ['eu-west-1.evil.example', 'not a region Sluice knows'],
  ])('%s is refused, saying “%s”', (region, sentence) => {
    expect(regionFault(region)).toContain(sentence);
  });
});

describe('a KMS key', () => {
  const ARN = 'arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-1111-2222-3333-444455556666';

  test.each(['', ARN, `arn:aws:kms:eu-west-1:123456789012:key/mrk-${'0'.repeat(32)}`])(
    '%s is accepted',
    (arn) => {
      expect(kmsKeyFault(arn)).toBeNull();
    },
  );

  test.each([
    ['alias/aurora', 'not an alias'],
    ['arn:aws:kms:eu-west-1:123456789012:alias/aurora', 'not an alias'],
    ['0a1b2c3d-1111-2222-3333-444455556666', 'whole ARN'],
    ['arn:aws:kms:eu-west-1:1234:key/0a1b2c3d-1111-2222-3333-444455556666', 'whole ARN'],
    [`${ARN} `, 'whole ARN'],
    ['arn:aws:s3:::aurora-events', 'whole ARN'],
  ])('%s is refused, saying “%s”', (arn, sentence) => {
    expect(kmsKeyFault(arn)).toContain(sentence);
  });

  test('lies in the region of the bucket', () => {
    expect(kmsRegionFault(ARN, 'eu-west-1')).toBeNull();
    expect(kmsRegionFault(ARN, 'us-east-1')).toContain('lies in eu-west-1, the bucket in us-east-1');
    expect(kmsRegionFault('', 'us-east-1')).toBeNull();
  });
});

describe('access keys', () => {
  const ID = 'AKIAIOSFODNN7EXAMPLE';
  const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

  test('of AWS are accepted, and of other servers in their own shape', () => {
    expect([accessKeyIdFault(ID, true), secretAccessKeyFault(SECRET, true)]).toEqual([null, null]);
    expect([accessKeyIdFault('minio-user', false), secretAccessKeyFault('minio-secret', false)]).toEqual([
      null,
      null,
    ]);
  });

  test.each([
    ['', 'Enter the access key ID'],
    ['ASIAIOSFODNN7EXAMPLE', 'temporary'],
    [SECRET, 'looks like the secret'],
    ['minio-user', 'starts with AKIA'],
    ['AKIA IOSFODNN7EXAMPLE', 'space or a line end inside'],
  ])('the id %s is refused, saying “%s”', (id, sentence) => {
    expect(accessKeyIdFault(id, true)).toContain(sentence);
  });

  test.each([
    ['', 'Enter the secret'],
    [ID, 'looks like the access key ID'],
    [SECRET.slice(1), '40 characters; this has 39'],
    [`${SECRET.slice(0, 20)}\n${SECRET.slice(20)}`, 'space or a line end inside'],
    [`${SECRET.slice(0, 39)}é`, 'no AWS secret has'],
  ])('a secret is refused with a sentence that does not repeat it', (secret, sentence) => {
    const fault = secretAccessKeyFault(secret, true);
    expect(fault).toContain(sentence);
    if (secret !== '') expect(fault).not.toContain(secret);
  });

  test.each([
    ` ${SECRET}\n`,
    `"${SECRET}"`,
    `'${SECRET}',`.slice(0, -1),
    `“${SECRET}”`,
    `\u200b${SECRET}\ufeff`,
  ])('pasted with something around it is stripped of it', (pasted) =>
    expect(stripPasted(pasted)).toBe(SECRET),
  );

  test('that were stripped are said to be, field by field, and without the key', () => {
    expect(pastedNotices({ accessKeyId: ID, secretAccessKey: SECRET })).toEqual([]);
    const notices = pastedNotices({ accessKeyId: ` ${ID}`, secretAccessKey: `"${SECRET}"` });
    expect(notices).toHaveLength(2);
    expect(notices.join()).not.toContain(SECRET);
    expect(pastedNotices({ accessKeyId: undefined, secretAccessKey: 7 })).toEqual([]);
  });
});
