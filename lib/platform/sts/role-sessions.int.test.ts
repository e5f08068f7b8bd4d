import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OpenedCredential } from '@/lib/platform/object-store/object-store';
import { createS3ObjectStore } from '@/lib/platform/object-store/s3-object-store';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { createRoleSessions } from './create-role-sessions';
import { identify } from './identify';
import { renewSessions } from './renewing-store';
import type { RolePlace } from './role-sessions';
import type { AwsIdentity } from './sts-clients';

const ROLE = 'arn:aws:iam::444455556666:role/path/sluice-delivery-role';
const EXTERNAL_ID = 'slx-0123456789abcdef';
const HOW = { deadlineMs: 20_000 };
const MINUTE_MS = 60_000;

let store: TestObjectStore;
let identity: AwsIdentity;
let nowMs: number;
const clock = { monotonicMs: () => nowMs };

beforeAll(async () => {
  store = await startTestObjectStore();
  identity = { kind: 'keys', ...(await store.control.createKey({ grants: [{ actions: ['sts:*'] }] })) };
});
afterAll(() => store.close());
beforeEach(async () => {
  nowMs = 0;
  store.control.setStsFault({ fault: null });
  await store.control.putRole({ roleArn: ROLE, externalId: EXTERNAL_ID });
});

const place = (more: Partial<RolePlace> = {}): RolePlace => ({
  ...{ roleArn: ROLE, externalId: EXTERNAL_ID, endpoint: store.endpoint, region: store.region },
  ...{ bucket: store.bucket, prefixes: ['in/'], kmsKeyArn: null, ...more },
});
const sessionsOf = (who: AwsIdentity | null = identity, asksOwnStores = true) =>
  createRoleSessions({ identity: who, clock, asksOwnStores });
const assumptions = () => store.control.stsCalls().filter(({ action }) => action === 'AssumeRole').length;

async function opened(sessions = sessionsOf(), more: Partial<RolePlace> = {}): Promise<OpenedCredential> {
  const answer = await sessions.open(place(more), HOW);
  if (answer.kind === 'error') throw new Error(`${answer.code}: ${answer.message}`);
  return answer.value;
}

function putRequest(credential: OpenedCredential, key: string) {
  return {
    place: { endpoint: store.endpoint, bucket: store.bucket, key },
    access: { region: store.region, credential, kmsKeyArn: null },
    body: Buffer.from('x'),
    crc32: 2_363_233_923,
    metadata: {},
    deadlineMs: 20_000,
  };
}

describe('a session of a role', () => {
  test('writes under its prefix and nowhere else, though the role may do everything', async () => {
    const s3 = createS3ObjectStore();
    const credential = await opened();
    expect(await s3.putIfAbsent(putRequest(credential, 'in/type=events/a'))).toMatchObject({ kind: 'ok' });
    const outside = await s3.putIfAbsent(putRequest(credential, 'elsewhere/type=events/a'));
    expect(outside).toMatchObject({ kind: 'error', httpStatus: 403, code: 'AccessDenied' });
    expect(outside).toMatchObject({ message: expect.stringContaining('because no session policy allows') });
    s3.close();
  });

  test('is the role’s, of the role’s account', async () => {
    const credential = await opened();
    const access = { region: store.region, credential, kmsKeyArn: null };
    expect(await identify({ endpoint: store.endpoint }, access, 20_000)).toMatchObject({
      value: {
        accountId: '444455556666',
        arn: 'arn:aws:sts::444455556666:assumed-role/sluice-delivery-role/sluice',
      },
    });
  });

  test('is shared by all who ask for the same place, also at once, and another place gets its own', async () => {
    const sessions = sessionsOf();
    const before = assumptions();
    const [a, b] = await Promise.all([opened(sessions), opened(sessions)]);
    expect([b.accessKeyId, (await opened(sessions)).accessKeyId]).toEqual([a.accessKeyId, a.accessKeyId]);
    expect(assumptions() - before).toBe(1);
    expect((await opened(sessions, { prefixes: ['other/'] })).accessKeyId).not.toBe(a.accessKeyId);
  });

  test('is renewed ten minutes before it ends', async () => {
    const sessions = sessionsOf();
    const first = await opened(sessions);
    nowMs = 49 * MINUTE_MS;
    expect((await opened(sessions)).accessKeyId).toBe(first.accessKeyId);
    nowMs = 51 * MINUTE_MS;
    expect((await opened(sessions)).accessKeyId).not.toBe(first.accessKeyId);
  });

  test('goes on while STS has trouble, as long as it lasts', async () => {
    const sessions = sessionsOf();
    const first = await opened(sessions);
    store.control.setStsFault({ fault: { kind: 'drop' } });
    nowMs = 55 * MINUTE_MS;
    expect((await opened(sessions)).accessKeyId).toBe(first.accessKeyId);
    nowMs = 58 * MINUTE_MS;
    expect(await sessions.open(place(), HOW)).toMatchObject({ kind: 'error', httpStatus: null });
    store.control.setStsFault({ fault: null });
    expect(await sessions.open(place(), HOW)).toMatchObject({ kind: 'ok' });
  });

  test('that the store takes no longer is forgotten, and its end is no fault of the customer', async () => {
    const sessions = sessionsOf();
    const s3 = renewSessions(createS3ObjectStore(), sessions);
    const first = await opened(sessions);
    await store.control.endSessions({});
    const ended = await s3.putIfAbsent(putRequest(first, 'in/type=events/b'));
    expect(ended).toMatchObject({ kind: 'error', code: 'RoleSessionEnded' });
    const second = await opened(sessions);
    expect(await s3.putIfAbsent(putRequest(second, 'in/type=events/b'))).toMatchObject({ kind: 'ok' });
    s3.close();
  });
});

describe('a role that does not let us in', () => {
  const codeOf = async (more: Partial<RolePlace> = {}, who: AwsIdentity | null = identity) => {
    const answer = await sessionsOf(who).open(place(more), HOW);
    return answer.kind === 'error' ? answer.code : answer.kind;
  };

  test.each([
    ['that asks for another external id', { externalId: 'slx-other' }, 'STS.AccessDenied'],
    ['that is not there', { roleArn: `${ROLE}-gone` }, 'STS.AccessDenied'],
  ])('%s is told as a refusal by the role', async (_, more, code) => {
    expect(await codeOf(more)).toBe(code);
  });

  test('a refusal is not kept: a role that was mended lets in at once', async () => {
    const sessions = sessionsOf();
    await store.control.removeRole({ roleArn: ROLE });
    expect(await sessions.open(place(), HOW)).toMatchObject({ code: 'STS.AccessDenied' });
    await store.control.putRole({ roleArn: ROLE, externalId: EXTERNAL_ID });
    expect(await sessions.open(place(), HOW)).toMatchObject({ kind: 'ok' });
  });

  test('sessions that are too short, a region without STS and an identity that AWS does not know have names', async () => {
    await store.control.putRole({ roleArn: ROLE, externalId: EXTERNAL_ID, sessionSecondsMax: 900 });
    expect(await codeOf()).toBe('STS.SessionTooLong');
    const disabled = { kind: 'answer', status: 403, code: 'RegionDisabledException' } as const;
    store.control.setStsFault({ fault: disabled });
    expect(await codeOf()).toBe('STS.RegionDisabled');
    store.control.setStsFault({ fault: null });
    const stranger = { kind: 'keys', accessKeyId: 'AKIANOBODY', secretAccessKey: 'x'.repeat(40) } as const;
    expect(await codeOf({}, stranger)).toBe('STS.IdentityRefused');
  });

  test('STS that asks to wait or fails keeps its name, so that it is tried again', async () => {
    store.control.setStsFault({ fault: { kind: 'answer', status: 400, code: 'Throttling' } });
    expect(await codeOf()).toBe('Throttling');
    store.control.setStsFault({ fault: { kind: 'answer', status: 503, code: 'ServiceUnavailable' } });
    expect(await codeOf()).toBe('ServiceUnavailable');
  });
});

describe('no identity but the configured one', () => {
  const requests = () => store.control.stsCalls().length + store.control.seenRequests.list().length;

  test('without one, a role is answered AWS_IDENTITY_MISSING and nothing is sent', async () => {
    const before = requests();
    const sessions = sessionsOf(null);
    expect(await sessions.open(place(), HOW)).toMatchObject({
      code: 'AWS_IDENTITY_MISSING',
      httpStatus: null,
    });
    expect(await sessions.proveExternalId(place(), 20_000)).toMatchObject({ code: 'AWS_IDENTITY_MISSING' });
    expect(requests()).toBe(before);
  });

  test('the identity of AWS is never shown to a store that is not AWS', async () => {
    const before = requests();
    const sessions = sessionsOf(identity, false);
    expect(await sessions.open(place(), HOW)).toMatchObject({ code: 'AWS_IDENTITY_MISSING' });
    expect(requests()).toBe(before);
  });

  test.each([
    ['null', null],
    ['undefined', undefined],
    ['without keys', {}],
    ['with an empty id', { accessKeyId: '', secretAccessKey: 's' }],
    ['with an empty secret', { accessKeyId: 'AKIA', secretAccessKey: '' }],
    ['with an empty token', { accessKeyId: 'ASIA', secretAccessKey: 's', sessionToken: '' }],
  ])('a credential that is %s is an error of its own kind, and nothing is sent', async (_, given) => {
    const before = requests();
    const credential = given as unknown as OpenedCredential;
    const s3 = createS3ObjectStore();
    const { place: at, access } = putRequest(credential, 'in/x');
    const calls = [
      () => s3.putIfAbsent(putRequest(credential, 'in/x')),
      () => s3.head(at, access, 20_000),
      () => s3.remove(at, access, 20_000),
      () => s3.list({ place: at, access, prefix: '', after: null, limit: 1, deadlineMs: 20_000 }),
      () => identify({ endpoint: store.endpoint }, access, 20_000),
    ];
    for (const call of calls)
      await expect(call()).rejects.toMatchObject({ name: 'AppError', code: 'INTERNAL' });
    expect(requests()).toBe(before);
    s3.close();
  });
});

describe('the proof that a role compares our external id', () => {
  const verdict = async () => sessionsOf().proveExternalId(place(), 20_000);

  test('passes when it refuses none and a wrong one', async () => {
    expect(await verdict()).toMatchObject({ kind: 'ok', value: 'compared' });
  });

  test('finds a role that asks for none, and one that takes any; what it got can do nothing', async () => {
    await store.control.putRole({ roleArn: ROLE, externalId: null });
    expect(await verdict()).toMatchObject({ kind: 'ok', value: 'not_asked' });
    await store.control.putRole({ roleArn: ROLE, externalId: EXTERNAL_ID, compares: false });
    expect(await verdict()).toMatchObject({ kind: 'ok', value: 'not_compared' });
    expect(
      store.control.stsCalls().every(({ hasPolicy, action }) => hasPolicy || action !== 'AssumeRole'),
    ).toBe(true);
  });

  test('trouble of STS proves nothing', async () => {
    store.control.setStsFault({ fault: { kind: 'answer', status: 400, code: 'Throttling' } });
    expect(await verdict()).toMatchObject({ kind: 'error', code: 'Throttling' });
  });
});

test('with keys of our own nothing changes: the suite’s client writes without a session', async () => {
  const command = new PutObjectCommand({ Bucket: store.bucket, Key: 'plain', Body: 'x' });
  await expect(store.client.send(command)).resolves.toMatchObject({ $metadata: { httpStatusCode: 200 } });
});
