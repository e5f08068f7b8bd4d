import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CheckStep } from '@/lib/domain/access-check/step';
import { type CheckBench, createCheckBench } from '@/lib/testing/access-check';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';

const ACCOUNT = '123456789012';
type Key = { accessKeyId: string; secretAccessKey: string };

let database: TestDatabase;
let store: TestObjectStore;
let bench: CheckBench;
let key: Key;
let bucket: string;
let count = 0;

beforeAll(async () => {
  database = await createTestDatabase({ connectionsMax: 10 });
  store = await startTestObjectStore();
  bench = createCheckBench(database, {
    identify: async (_, { credential }) => ({
      kind: 'ok',
      value: {
        accountId: ACCOUNT,
        arn: `arn:aws:iam::${ACCOUNT}:${credential.accessKeyId.startsWith('ROOT') ? 'root' : 'user/sluice'}`,
      },
      requestId: 'sts',
      httpStatus: 200,
    }),
  });
});
afterAll(async () => {
  bench.close();
  await store.close();
  await database.close();
});
beforeEach(async () => {
  store.control.faults.clear();
  key = await store.control.createKey();
  count += 1;
  bucket = `causes-${count}`;
  await store.control.createBucket({ name: bucket });
});

type Given = {
  kmsKeyArn?: string;
  prefix?: string;
  ownerAccountId?: string;
  secretAccessKey?: string;
  region?: string;
  accessKeyId?: string;
  bucket?: string;
};
type Case = readonly [cause: string, step: CheckStep, make: () => Promise<Given> | Given];

const KEY_ID = '7d2c0000-0000-0000-0000-000000000001';
const keyArn = () => `arn:aws:kms:${store.region}:${ACCOUNT}:key/${KEY_ID}`;
const deny = async (
  action: string,
  by: NonNullable<Parameters<typeof store.control.deny>[0]['by']> = 'identity',
) => {
  await store.control.deny({ action, by, accessKeyId: key.accessKeyId });
  return {};
};
const settings = async (given: Parameters<typeof store.control.setBucketSettings>[0]['settings']) => {
  await store.control.setBucketSettings({ name: bucket, settings: given });
  return {};
};
const answered = (operation: 'PutObject' | 'HeadBucket', status: number, code: string) => {
  store.control.faults.add({
    match: { operation, bucket },
    times: null,
    effect: { kind: 'answer', status, code },
  });
  return {};
};

/** What the stand-in answers by itself, and, below, what it is told to answer because nothing of it can be so. */
const CASES: readonly Case[] = [
  ['bucket_missing', 'bucket', () => ({ bucket: 'nobody-made-this' })],
  ['region_wrong', 'bucket', () => ({ region: 'us-east-1' })],
  ['kms_key_elsewhere', 'shape', () => ({ kmsKeyArn: `arn:aws:kms:us-east-1:${ACCOUNT}:key/${KEY_ID}` })],
  ['root_keys', 'credentials', async () => store.control.createKey({ accessKeyId: `ROOT${count}AAAAAAAA` })],
  ['write_not_granted', 'write', () => deny('s3:PutObject')],
  ['write_refused', 'write', () => deny('s3:PutObject', 'unsaid')],
  ['write_refused_by_identity_policy', 'write', () => deny('s3:PutObject', 'identity-deny')],
  ['write_not_granted_by_bucket', 'write', () => deny('s3:PutObject', 'resource')],
  ['write_refused_by_bucket_policy', 'write', () => deny('s3:PutObject', 'resource-deny')],
  ['write_refused_by_organization', 'write', () => deny('s3:PutObject', 'organization-deny')],
  ['write_refused_by_boundary', 'write', () => deny('s3:PutObject', 'boundary')],
  ['write_refused_by_endpoint', 'write', () => deny('s3:PutObject', 'endpoint')],
  ['write_refused_by_session', 'write', () => deny('s3:PutObject', 'session')],
  ['put_refused_without_encryption', 'write', () => settings({ demandsEncryption: 'AES256' })],
  ['kms_not_granted', 'write', async () => ({ ...(await deny('kms:GenerateDataKey')), kmsKeyArn: keyArn() })],
  [
    'kms_key_policy',
    'write',
    async () => ({ ...(await deny('kms:GenerateDataKey', 'resource')), kmsKeyArn: keyArn() }),
  ],
  [
    'kms_refused',
    'write',
    async () => ({ ...(await deny('kms:GenerateDataKey', 'unsaid')), kmsKeyArn: keyArn() }),
  ],
  [
    'kms_default_refused',
    'write',
    async () => ({
      ...(await deny('kms:GenerateDataKey', 'unsaid')),
      ...(await settings({ defaultKmsKeyId: keyArn() })),
    }),
  ],
  [
    'kms_key_disabled',
    'write',
    async () => {
      const kmsKeyArn = `${keyArn().slice(0, -1)}2`;
      await store.control.setKmsKey({ kmsKeyId: kmsKeyArn, disabled: true });
      return { kmsKeyArn };
    },
  ],
  ['owner_mismatch', 'owner', () => ({ ownerAccountId: '999988887777' })],
  [
    'owner_unknown',
    'owner',
    async () => {
      await store.control.createBucket({ name: bucket, ownerId: '999988887777' });
      return {};
    },
  ],
  [
    'condition_ignored',
    'same_key',
    () => {
      store.control.faults.add({
        match: { operation: 'PutObject', bucket },
        times: null,
        effect: { kind: 'ignore-condition' },
      });
      return {};
    },
  ],
  ['read_not_granted', 'read', () => deny('s3:GetObject')],
  ['decrypt_not_granted', 'read_back', async () => ({ ...(await deny('kms:Decrypt')), kmsKeyArn: keyArn() })],
  ['probe_public', 'not_public', () => settings({ isPublic: true })],
  ['public_block_off', 'public_block', () => settings({ blocksPublicAccess: false })],
  ['keeps_versions', 'versioning', () => settings({ isVersioned: true })],
  ['lock_by_default', 'versioning', () => settings({ locksByDefault: true })],
  ['settings_unreadable', 'ownership', () => deny('s3:GetBucketOwnershipControls')],
  ['list_not_granted', 'list', () => deny('s3:ListBucket')],
  ['grant_surplus', 'surplus', () => ({})],
  ['clean_up_not_granted', 'clean_up', () => deny('s3:DeleteObject')],
  // Told to answer so.
  ['store_trouble', 'write', () => answered('PutObject', 500, 'InternalError')],
  ['slow_down', 'write', () => answered('PutObject', 503, 'SlowDown')],
  ['condition_unsupported', 'write', () => answered('PutObject', 501, 'NotImplemented')],
  ['bucket_full', 'write', () => answered('PutObject', 403, 'QuotaExceeded')],
  ['kms_key_missing', 'write', () => answered('PutObject', 400, 'KMS.NotFoundException')],
  ['clock_skew', 'write', () => answered('PutObject', 403, 'RequestTimeTooSkewed')],
  ['unlisted_answer', 'write', () => answered('PutObject', 418, 'Teapot')],
];

describe('the stand-in’s own answers name', () => {
  test.each(CASES)('%s at %s, with its owner and something to paste', async (cause, step, make) => {
    const { kmsKeyArn, prefix, ownerAccountId, ...place } = await make();
    const routing = await bench.makeRouting(
      { ...store, bucket, ...key, ...place },
      {
        ...(kmsKeyArn === undefined ? {} : { kmsKeyArn }),
        ...(prefix === undefined ? {} : { prefix }),
        ...(ownerAccountId === undefined ? {} : { ownerAccountId }),
      },
    );
    const { rows } = await bench.check(routing);
    const row = rows.find((one) => one.step === step);
    expect(
      row,
      JSON.stringify(
        rows.filter(({ cause: any }) => any !== null),
        null,
        1,
      ),
    ).toMatchObject({ cause });
    expect(row?.whoseMove).toMatch(/^(customer|us|aws)$/);
    expect(row?.fix?.text).toMatch(/\S/);
  });
});

test('keys that the store does not know, and a wrong secret, are told apart where nobody says who signs', async () => {
  const silent = createCheckBench(database);
  const revoked = await store.control.createKey();
  await store.control.revokeKey(revoked);
  const wrong = { ...key, secretAccessKey: `${key.secretAccessKey}x` };
  const causeOf = async (access: Key) => {
    const view = await silent.check(await silent.makeRouting({ ...store, ...access }));
    return view.rows.find(({ step }) => step === 'credentials')?.cause;
  };
  expect(await causeOf(revoked)).toBe('access_key_unknown');
  expect(await causeOf(wrong)).toBe('secret_wrong');
  expect(await causeOf(key)).toBeNull();
  silent.close();
});
