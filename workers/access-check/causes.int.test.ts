import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freePort } from '@/dev/debian/free-port';
import { ALL_CHECK_CAUSES, CHECK_CAUSES, type CheckCause } from '@/lib/domain/access-check/causes';
import { type CheckStep, STEP_RULES } from '@/lib/domain/access-check/step';
import type { AccessCheckView } from '@/lib/domain/access-check/view';
import { type CheckBench, createCheckBench } from '@/lib/testing/access-check';
import { CHECK_PROOFS } from '@/lib/testing/check-proofs';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import type { CheckDeps } from './check-deps';

const ACCOUNT = '123456789012';
const OTHER_ACCOUNT = '999988887777';
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
  endpoint?: string;
};
type Case = readonly [cause: CheckCause, step: CheckStep, make: () => Promise<Given> | Given];

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
const answered = (operation: 'PutObject' | 'HeadObject', status: number, code: string) => {
  store.control.faults.add({
    match: { operation, bucket },
    times: null,
    effect: { kind: 'answer', status, code },
  });
  return {};
};
const ofAnotherAccount = async () => {
  await store.control.createBucket({ name: bucket, ownerId: OTHER_ACCOUNT });
  return {};
};
/** Another routing has proven the place. */
const taken = async () => {
  const { organizationId, routingId } = await bench.makeRouting({ ...store, ...key });
  const place = { endpoint: store.endpoint, bucket, prefix: 'taken/' };
  await database.db.placeReservation.create({ data: { ...place, organizationId, routingId } });
  return { prefix: 'taken/' };
};

const CASES: readonly Case[] = [
  ['bucket_missing', 'bucket', () => ({ bucket: 'nobody-made-this' })],
  ['region_wrong', 'bucket', () => ({ region: 'us-east-1' })],
  ['shape_wrong', 'shape', () => ({ prefix: '/no/slash/first/' })],
  ['unreachable', 'bucket', async () => ({ endpoint: `http://127.0.0.1:${await freePort()}` })],
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
  ['owner_mismatch', 'owner', () => ({ ownerAccountId: OTHER_ACCOUNT })],
  ['owner_unknown', 'owner', ofAnotherAccount],
  ['place_taken', 'place', taken],
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
  [
    'ownership_of_writer',
    'ownership',
    async () => ({
      ...(await ofAnotherAccount()),
      ...(await settings({ ownership: 'ObjectWriter' })),
      ownerAccountId: OTHER_ACCOUNT,
    }),
  ],
  ['settings_unreadable', 'ownership', () => deny('s3:GetBucketOwnershipControls')],
  ['list_not_granted', 'list', () => deny('s3:ListBucket')],
  ['grant_surplus', 'surplus', () => ({})],
  ['clean_up_not_granted', 'clean_up', () => deny('s3:DeleteObject')],
  [
    'other_encryption',
    'encryption',
    async () => ({ ...(await settings({ ignoresEncryption: true })), kmsKeyArn: keyArn() }),
  ],
];
/** Told to answer so: nothing of the stand-in can be so. */
const TOLD: readonly Case[] = [
  ['store_trouble', 'write', () => answered('PutObject', 500, 'InternalError')],
  ['slow_down', 'write', () => answered('PutObject', 503, 'SlowDown')],
  ['condition_unsupported', 'write', () => answered('PutObject', 501, 'NotImplemented')],
  ['bucket_full', 'write', () => answered('PutObject', 403, 'QuotaExceeded')],
  ['kms_key_missing', 'write', () => answered('PutObject', 400, 'KMS.NotFoundException')],
  ['clock_skew', 'write', () => answered('PutObject', 403, 'RequestTimeTooSkewed')],
  ['unlisted_answer', 'write', () => answered('PutObject', 418, 'Teapot')],
  ['file_changed', 'read', () => answered('HeadObject', 404, 'NotFound')],
  ['acl_not_supported', 'write', () => answered('PutObject', 400, 'AccessControlListNotSupported')],
  ['token_expired', 'write', () => answered('PutObject', 400, 'ExpiredToken')],
  ['token_invalid', 'write', () => answered('PutObject', 400, 'InvalidToken')],
  ['account_closed', 'write', () => answered('PutObject', 403, 'AccountProblem')],
  ['unauthorized', 'write', () => answered('PutObject', 401, 'Unauthorized')],
  ['kms_key_unavailable', 'write', () => answered('PutObject', 400, 'KMS.KeyUnavailableException')],
  ['request_refused', 'write', () => answered('PutObject', 400, 'InvalidRequest')],
];

async function check(given: Given, by = bench) {
  const { kmsKeyArn, prefix, ownerAccountId, ...place } = given;
  const routing = await by.makeRouting(
    { ...store, bucket, ...key, ...place },
    {
      ...(kmsKeyArn === undefined ? {} : { kmsKeyArn }),
      ...(prefix === undefined ? {} : { prefix }),
      ...(ownerAccountId === undefined ? {} : { ownerAccountId }),
    },
  );
  return by.check(routing);
}

function expectCause({ rows }: AccessCheckView, step: CheckStep, cause: CheckCause) {
  const row = rows.find((one) => one.step === step);
  const others = rows.filter(({ cause: any }) => any !== null);
  expect(row, JSON.stringify(others, null, 1)).toMatchObject({ cause });
  expect(row?.whoseMove).toBe(CHECK_CAUSES[cause].owner);
  expect(row?.fix?.text).toMatch(/\S/);
  expect(row?.state).toBe(STEP_RULES[step].isRequired ? 'failed' : 'warning');
}

describe('the stand-in’s own answers name', () => {
  test.each([...CASES, ...TOLD])(
    '%s at %s, with its owner and something to paste',
    async (cause, step, make) => {
      expectCause(await check(await make()), step, cause);
    },
  );
});

/** What no store can answer: it happens on our side of the wire, or on the way. */
const OURS: readonly (readonly [cause: CheckCause, step: CheckStep, deps: () => Partial<CheckDeps>])[] = [
  [
    'credential_unreadable',
    'credentials',
    () => ({ openCredential: () => Promise.reject(new Error('gone')) }),
  ],
  ['internal', 'write', () => ({ newName: () => fail('no names left') })],
  [
    'certificate_invalid',
    'bucket',
    () => ({ inspector: { ...bench.deps.inspector, seeBucket: async () => BAD_CERTIFICATE } }),
  ],
];
const BAD_CERTIFICATE = {
  ...({ kind: 'error', code: 'CERT_HAS_EXPIRED', message: '' } as const),
  ...{ httpStatus: null, requestId: null },
};
function fail(message: string): never {
  throw new Error(message);
}

test.each(OURS)('%s at %s is named where it happens', async (cause, step, deps) => {
  const broken = createCheckBench(database, { ...bench.deps, ...deps() });
  expectCause(await check({}, broken), step, cause);
  broken.close();
});

test('a store that says nothing ends by the deadline of the call', async () => {
  store.control.faults.add({
    ...{ match: { operation: 'PutObject', bucket }, times: null },
    effect: { kind: 'hang', applied: false },
  });
  expectCause(await check({}), 'write', 'no_answer');
});

test('every cause is proven, and against what the table of proofs says', () => {
  const roles = readFileSync('workers/access-check/role-check.int.test.ts', 'utf8');
  const elsewhere: readonly CheckCause[] = ['access_key_unknown', 'secret_wrong', 'no_answer'];
  for (const cause of ALL_CHECK_CAUSES) {
    const isOurs = OURS.some(([name]) => name === cause);
    const isTold = TOLD.some(([name]) => name === cause);
    const isAnswered = CASES.some(([name]) => name === cause) || elsewhere.includes(cause);
    const isProven = isOurs || isTold || isAnswered || roles.includes(`'${cause}'`);
    expect(isProven, `${cause} has no case`).toBe(true);
    if (isOurs) expect(CHECK_PROOFS[cause], cause).toBe('ours');
    if (isAnswered) expect(CHECK_PROOFS[cause], cause).not.toBe('told');
    if (isTold) expect(['told', 'radosgw'], cause).toContain(CHECK_PROOFS[cause]);
  }
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
