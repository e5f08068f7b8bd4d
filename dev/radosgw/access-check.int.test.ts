import { randomBytes } from 'node:crypto';
import {
  CreateBucketCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ALL_CHECK_CAUSES, type CheckCause } from '@/lib/domain/access-check/causes';
import type { CheckStep } from '@/lib/domain/access-check/step';
import { type CheckBench, createCheckBench } from '@/lib/testing/access-check';
import { CHECK_PROOFS } from '@/lib/testing/check-proofs';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { plainS3Client } from '@/lib/testing/object-store';
import { type Radosgw, startRadosgw } from './start';

const START_DEADLINE_MS = 15 * 60_000;
const UNKNOWN_KEY = 'arn:aws:kms:us-east-1:123456789012:key/7d2c0000-0000-0000-0000-000000000001';

interface Given {
  readonly bucket?: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly kmsKeyArn?: string;
}
type Case = readonly [cause: CheckCause, step: CheckStep, make: () => Promise<Given> | Given];

let gateway: Radosgw;
let database: TestDatabase;
let client: S3Client;
let bench: CheckBench;
let bucket: string;

async function check({ kmsKeyArn, ...access }: Given) {
  const { region, accessKeyId, secretAccessKey, url: endpoint } = gateway;
  const store = { endpoint, region, accessKeyId, secretAccessKey, bucket, ...access };
  return bench.check(await bench.makeRouting(store, kmsKeyArn === undefined ? {} : { kmsKeyArn }));
}

async function rule(effect: 'Allow' | 'Deny', action: string) {
  const resources = [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];
  const statement = { Effect: effect, Principal: '*', Action: action, Resource: resources };
  const document = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: document }));
  return {};
}

async function versioned() {
  const settings = { Status: 'Enabled' } as const;
  await client.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: settings }));
  return {};
}

async function locked() {
  const name = `${bucket}-locked`;
  await client.send(new CreateBucketCommand({ Bucket: name, ObjectLockEnabledForBucket: true }));
  const retention = { Mode: 'GOVERNANCE', Days: 1 } as const;
  const lock = { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: retention } } as const;
  await client.send(new PutObjectLockConfigurationCommand({ Bucket: name, ObjectLockConfiguration: lock }));
  return { bucket: name };
}

const CASES: readonly Case[] = [
  ['bucket_missing', 'bucket', () => ({ bucket: 'nobody-made-this' })],
  ['access_key_unknown', 'credentials', () => ({ accessKeyId: 'AKIANOBODYHASTHIS000' })],
  ['secret_wrong', 'credentials', () => ({ secretAccessKey: 'x'.repeat(40) })],
  ['write_refused', 'write', () => rule('Deny', 's3:PutObject')],
  ['kms_key_missing', 'write', () => ({ kmsKeyArn: UNKNOWN_KEY })],
  ['read_not_granted', 'read', () => rule('Deny', 's3:GetObject')],
  ['probe_public', 'not_public', () => rule('Allow', 's3:GetObject')],
  ['list_not_granted', 'list', () => rule('Deny', 's3:ListBucket')],
  ['clean_up_not_granted', 'clean_up', () => rule('Deny', 's3:DeleteObject')],
  ['public_block_off', 'public_block', () => ({})],
  ['ownership_of_writer', 'ownership', () => ({})],
  ['grant_surplus', 'surplus', () => ({})],
  ['keeps_versions', 'versioning', versioned],
  ['lock_by_default', 'versioning', locked],
  // It passes over If-None-Match in a bucket that keeps versions: such a bucket cannot be delivered to.
  ['condition_ignored', 'same_key', versioned],
];
/** Of the whole user: each is undone behind its check. */
const BY_ADMIN = [
  ['bucket_full', 'write', ['quota', 'enable'], ['quota', 'disable']],
  ['account_closed', 'credentials', ['user', 'suspend'], ['user', 'enable']],
] as const;

// What `npm test` says at its end about the second tier is decided by the same setting.
describe.runIf(process.env.SLUICE_TEST_TIER2 === '1')('an access check of radosgw', () => {
  beforeAll(async () => {
    gateway = await startRadosgw();
    database = await createTestDatabase({ connectionsMax: 10 });
    client = plainS3Client({ ...gateway, endpoint: gateway.url });
    bench = createCheckBench(database);
    await gateway.admin('quota', 'set', '--quota-scope=bucket', '--uid=sluice', '--max-objects=0');
  }, START_DEADLINE_MS);
  beforeEach(async () => {
    bucket = `check-${randomBytes(6).toString('hex')}`;
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  });
  afterAll(async () => {
    bench?.close();
    client?.destroy();
    await gateway?.close();
    await database?.close();
  });

  test('passes where all is well', async () => {
    expect((await check({})).state).toBe('passed');
  });

  test.each(CASES)('names %s at %s', async (cause, step, make) => {
    const { rows } = await check(await make());
    expect(rows.find((row) => row.step === step)).toMatchObject({ cause });
  });

  test.each(BY_ADMIN)('names %s at %s', async (cause, step, begin, undo) => {
    const of = ['--uid=sluice', ...(begin[0] === 'quota' ? ['--quota-scope=bucket'] : [])];
    await gateway.admin(...begin, ...of);
    const { rows } = await check({});
    await gateway.admin(...undo, ...of);
    expect(rows.find((row) => row.step === step)).toMatchObject({ cause });
  });
});

test('what radosgw is said to prove, it proves', () => {
  const said = ALL_CHECK_CAUSES.filter((cause) => CHECK_PROOFS[cause] === 'radosgw');
  expect([...CASES, ...BY_ADMIN].map(([cause]) => cause).sort()).toEqual([...said].sort());
});
