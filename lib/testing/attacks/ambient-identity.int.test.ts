import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KMSClient } from '@aws-sdk/client-kms';
import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createBucketInspector } from '@/lib/platform/bucket-inspector/s3-bucket-inspector';
import type { OpenedCredential } from '@/lib/platform/object-store/object-store';
import { createS3ObjectStore } from '@/lib/platform/object-store/s3-object-store';
import { createKmsKey } from '@/lib/platform/secret-box/kms-key';
import { createRoleSessions } from '@/lib/platform/sts/create-role-sessions';
import { identify } from '@/lib/platform/sts/identify';
import { createStsClient } from '@/lib/platform/sts/sts-clients';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';

const ROLE = 'arn:aws:iam::444455556666:role/sluice';
const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-1111-2222-3333-444455556666';
const DEADLINE_MS = 20_000;

let store: TestObjectStore;
let trap: http.Server;
let folder: string;
/** What came to where the environment wants to lead: `GET /latest/api/token`. */
let caught: string[] = [];
let hostile: Readonly<Record<string, string>>;
const before = new Map<string, string | undefined>();

beforeAll(async () => {
  store = await startTestObjectStore();
  trap = http.createServer((request, response) => {
    caught.push(`${request.method} ${request.url}`);
    response.end(
      JSON.stringify({ AccessKeyId: 'AKIAAMBIENT', SecretAccessKey: 's', Token: 't', Plaintext: 'eA==' }),
    );
  });
  await new Promise<void>((done) => trap.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
  folder = await mkdtemp(join(tmpdir(), 'sluice-aws-'));
  const profile = `endpoint_url = ${url}\nrole_arn = ${ROLE}\ncredential_source = Ec2InstanceMetadata\n`;
  await writeFile(join(folder, 'config'), `[default]\n${profile}\n[profile hostile]\n${profile}`);
  const keys = 'aws_access_key_id = AKIAPROFILE\naws_secret_access_key = profile-secret\n';
  await writeFile(join(folder, 'credentials'), `[default]\n${keys}\n[hostile]\n${keys}`);
  hostile = {
    ...Object.fromEntries(['', '_S3', '_STS', '_KMS'].map((of) => [`AWS_ENDPOINT_URL${of}`, url])),
    ...{ AWS_CONFIG_FILE: join(folder, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials') },
    ...{ AWS_PROFILE: 'hostile', AWS_REGION: 'us-gov-east-1', AWS_DEFAULT_REGION: 'cn-north-1' },
    ...{ AWS_ACCESS_KEY_ID: 'AKIAENVIRONMENT', AWS_SECRET_ACCESS_KEY: 'e', AWS_SESSION_TOKEN: 't' },
    ...{ AWS_EC2_METADATA_SERVICE_ENDPOINT: url, AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/role` },
    ...{ AWS_DEFAULTS_MODE: 'auto', AWS_USE_FIPS_ENDPOINT: 'true', AWS_USE_DUALSTACK_ENDPOINT: 'true' },
    ...{ AWS_S3_USE_ARN_REGION: 'true', AWS_RETRY_MODE: 'adaptive', AWS_MAX_ATTEMPTS: '9' },
    ...{ HTTP_PROXY: url, HTTPS_PROXY: url, NODE_USE_ENV_PROXY: '1' },
  };
});
afterAll(async () => {
  trap.closeAllConnections();
  await new Promise((done) => trap.close(done));
  await rm(folder, { recursive: true });
  await store.close();
});
beforeEach(() => {
  caught = [];
  for (const [name, value] of Object.entries(hostile)) {
    before.set(name, process.env[name]);
    process.env[name] = value;
  }
});
afterEach(() => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

const customer = () => {
  const { accessKeyId, secretAccessKey } = store;
  return { accessKeyId, secretAccessKey } as unknown as OpenedCredential;
};
const request = (credential: OpenedCredential, key: string) => ({
  place: { endpoint: store.endpoint, bucket: store.bucket, key },
  access: { region: store.region, credential, kmsKeyArn: null },
  body: Buffer.from('x'),
  crc32: 2_363_233_923,
  metadata: {},
  deadlineMs: DEADLINE_MS,
});
/** Ends a client's requests before they are sent, and says where they would have gone. */
function stopped(client: STSClient | KMSClient): string[] {
  const hosts: string[] = [];
  const { middlewareStack } = client as STSClient;
  middlewareStack.add(
    () => async (args) => {
      hosts.push((args.request as { hostname: string }).hostname);
      throw new Error('stopped before it is sent');
    },
    { step: 'deserialize', priority: 'low', name: 'stop' },
  );
  return hosts;
}
const reached = () => store.control.seenRequests.list().length + store.control.stsCalls().length;

describe('with an identity and endpoints of another in the environment', () => {
  test('an object is written to its place by its own credential', async () => {
    const s3 = createS3ObjectStore();
    expect(await s3.putIfAbsent(request(customer(), 'own/a'))).toMatchObject({ kind: 'ok' });
    expect(
      await s3.head(request(customer(), 'own/a').place, request(customer(), 'own/a').access, DEADLINE_MS),
    ).toMatchObject({ kind: 'ok' });
    s3.close();
    expect(caught).toEqual([]);
  });

  test('a look at a bucket as anybody carries no identity', async () => {
    const inspector = createBucketInspector();
    const { place } = request(customer(), 'own/a');
    expect(await inspector.readAsAnybody(place, store.region, DEADLINE_MS)).toMatchObject({
      httpStatus: 403,
    });
    inspector.close();
    expect(caught).toEqual([]);
  });

  test('STS is asked at its own address, by the identity that was given', async () => {
    const { access } = request(customer(), 'own/a');
    expect(await identify({ endpoint: store.endpoint }, access, DEADLINE_MS)).toMatchObject({ kind: 'ok' });
    const keys = { kind: 'keys', accessKeyId: 'AKIAOURS', secretAccessKey: 'x'.repeat(40) } as const;
    const aws = createStsClient({ endpoint: '', region: 'eu-west-1' }, keys);
    const hosts = stopped(aws);
    await expect(aws.send(new GetCallerIdentityCommand({}))).rejects.toThrow('stopped');
    aws.destroy();
    expect([hosts, caught]).toEqual([['sts.eu-west-1.amazonaws.com'], []]);
  });

  test('KMS is asked at the address of the key’s region', async () => {
    let hosts: string[] = [];
    const kms = createKmsKey({
      keyArn: KEY,
      credentials: { accessKeyId: 'AKIAOURS', secretAccessKey: 'x' },
      prepare: (client) => {
        hosts = stopped(client);
      },
    });
    await expect(kms.newDataKey('a|b')).rejects.toThrow('stopped');
    kms.close();
    expect([hosts, caught]).toEqual([['kms.eu-west-1.amazonaws.com'], []]);
  });

  test('a role is not taken on by it: without an identity of ours nothing is sent', async () => {
    const sent = reached();
    const sessions = createRoleSessions({
      identity: null,
      clock: { monotonicMs: () => 0 },
      asksOwnStores: true,
    });
    const place = {
      roleArn: ROLE,
      externalId: 'slx-0',
      endpoint: '',
      region: 'eu-west-1',
      bucket: 'b',
      prefixes: [''],
      kmsKeyArn: null,
    };
    for (const endpoint of ['', store.endpoint]) {
      expect(await sessions.open({ ...place, endpoint }, { deadlineMs: DEADLINE_MS })).toMatchObject({
        code: 'AWS_IDENTITY_MISSING',
      });
    }
    sessions.close();
    expect([caught, reached() - sent]).toEqual([[], 0]);
  });

  test.each([
    ['null', null],
    ['absent', undefined],
    ['without keys', {}],
    ['with an empty id', { accessKeyId: '', secretAccessKey: 's' }],
    ['with an empty secret', { accessKeyId: 'AKIA', secretAccessKey: '' }],
    ['with a null secret', { accessKeyId: 'AKIA', secretAccessKey: null }],
    ['with an empty token', { accessKeyId: 'ASIA', secretAccessKey: 's', sessionToken: '' }],
  ])('a credential that is %s is an error of its own, and nobody is asked for anything', async (_, given) => {
    const sent = reached();
    const credential = given as unknown as OpenedCredential;
    const s3 = createS3ObjectStore();
    const inspector = createBucketInspector();
    const put = request(credential, 'own/b');
    for (const endpoint of ['', store.endpoint]) {
      const place = { ...put.place, endpoint };
      const calls = [
        () => s3.putIfAbsent({ ...put, place }),
        () => s3.head(place, put.access, DEADLINE_MS),
        () => s3.remove(place, put.access, DEADLINE_MS),
        () =>
          s3.list({ place, access: put.access, prefix: '', after: null, limit: 1, deadlineMs: DEADLINE_MS }),
        () => inspector.headBucket(place, put.access, DEADLINE_MS),
        () => identify(place, put.access, DEADLINE_MS),
      ];
      for (const call of calls)
        await expect(call()).rejects.toMatchObject({ name: 'AppError', code: 'INTERNAL' });
    }
    s3.close();
    inspector.close();
    expect([caught, reached() - sent]).toEqual([[], 0]);
  });
});

test('the trap itself works: the SDK’s own chain would have gone there', async () => {
  delete process.env.AWS_ACCESS_KEY_ID;
  const client = createStsClient({ endpoint: '', region: 'eu-west-1' }, { kind: 'default_chain' });
  stopped(client);
  await client.send(new GetCallerIdentityCommand({})).catch(() => undefined);
  client.destroy();
  expect(caught.length).toBeGreaterThan(0);
});
