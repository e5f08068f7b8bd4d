import { describe, expect, test } from 'vitest';
import { parsePasted } from '@/lib/domain/destination/parse-pasted';
import { guidePolicy, leastPolicy } from './access-policy';

const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-1111-2222-3333-444455556666';
const place = { bucket: 'aurora-events', prefix: 'permutive/', kmsKeyArn: null };

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: unknown;
}

function statementsOf(policy: string): Readonly<Record<string, Statement>> {
  const { Version, Statement } = JSON.parse(policy) as { Version: string; Statement: readonly Statement[] };
  expect(Version).toBe('2012-10-17');
  for (const { Sid, Effect } of Statement)
    expect([Effect, /^[A-Za-z0-9]+$/.test(Sid)]).toEqual(['Allow', true]);
  return Object.fromEntries(Statement.map((statement) => [statement.Sid, statement]));
}

describe('the policy with what is needed', () => {
  test('requires writing and reading the files and the probes below the prefix, and nothing else of S3', () => {
    const { SluiceRequiredFiles, SluiceRequiredKey } = statementsOf(leastPolicy(place));
    expect(SluiceRequiredFiles).toMatchObject({
      Action: ['s3:PutObject', 's3:GetObject'],
      Resource: [
        'arn:aws:s3:::aurora-events/permutive/type=*',
        'arn:aws:s3:::aurora-events/permutive/_sluice/*',
      ],
    });
    expect(SluiceRequiredKey).toBeUndefined();
  });

  test('names the customer’s key where there is one', () => {
    const statements = statementsOf(leastPolicy({ ...place, kmsKeyArn: KEY }));
    expect(statements.SluiceRequiredKey).toMatchObject({ Action: ['kms:GenerateDataKey'], Resource: [KEY] });
    expect(statements.SluiceOptionalReadBack).toMatchObject({ Action: ['kms:Decrypt'], Resource: [KEY] });
  });

  test('lists below the prefix only, or the whole bucket when there is none', () => {
    expect(statementsOf(leastPolicy(place)).SluiceOptionalList?.Condition).toEqual({
      StringLike: { 's3:prefix': ['permutive/*'] },
    });
    const root = statementsOf(leastPolicy({ ...place, prefix: '' }));
    expect(root.SluiceOptionalList).not.toHaveProperty('Condition');
    expect(root.SluiceRequiredFiles?.Resource[0]).toBe('arn:aws:s3:::aurora-events/type=*');
  });

  test('grants bucket actions on the bucket’s ARN and object actions on the objects’ ARNs', () => {
    for (const { Action, Resource } of Object.values(statementsOf(leastPolicy(place)))) {
      const isOfObjects = Action.every((action) => /Object$/.test(action));
      expect(Resource.every((arn) => arn.includes('/') === isOfObjects)).toBe(true);
    }
  });

  test('offers the folder of a replay’s copies as an option of its own', () => {
    expect(statementsOf(leastPolicy(place)).SluiceOptionalCopies).toMatchObject({
      Action: ['s3:PutObject', 's3:GetObject'],
      Resource: ['arn:aws:s3:::aurora-events/permutive/_replay/*'],
    });
  });

  test('never deletes data and never changes the bucket', () => {
    const statements = Object.values(statementsOf(leastPolicy({ ...place, kmsKeyArn: KEY })));
    const writes = statements.filter(({ Action }) => Action.some((action) => /:(Put|Delete)/.test(action)));
    expect(writes.flatMap(({ Action }) => Action)).toEqual([
      's3:PutObject',
      's3:GetObject',
      's3:PutObject',
      's3:GetObject',
      's3:DeleteObject',
    ]);
    expect(writes.at(-1)?.Resource).toEqual(['arn:aws:s3:::aurora-events/permutive/_sluice/*']);
  });

  test('fits into a managed policy with the longest names, and with usual ones into an inline policy', () => {
    const longest = { bucket: 'b'.repeat(63), prefix: `${'p'.repeat(511)}/`, kmsKeyArn: KEY };
    const lengthOf = (policy: string) => policy.replace(/\s/g, '').length;
    expect(lengthOf(leastPolicy({ ...place, kmsKeyArn: KEY }))).toBeLessThan(2_048);
    expect(lengthOf(leastPolicy(longest))).toBeLessThan(6_144);
  });
});

test('the guide’s grant covers the bucket and its objects, and the key where there is one', () => {
  const { SluiceBucket, SluiceKey } = statementsOf(guidePolicy({ ...place, kmsKeyArn: KEY }));
  expect(SluiceBucket).toMatchObject({
    Action: ['s3:List*', 's3:Get*', 's3:Delete*', 's3:Put*'],
    Resource: ['arn:aws:s3:::aurora-events', 'arn:aws:s3:::aurora-events/*'],
  });
  expect(SluiceKey?.Action).toEqual(['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey']);
  expect(statementsOf(guidePolicy(place)).SluiceKey).toBeUndefined();
});

test('either policy, pasted back, stands for the place it was made for', () => {
  expect(parsePasted(leastPolicy(place))).toMatchObject({ bucket: 'aurora-events', prefix: 'permutive/' });
  expect(parsePasted(guidePolicy(place))).toMatchObject({ bucket: 'aurora-events', prefix: '' });
});
