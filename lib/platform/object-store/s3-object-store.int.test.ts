import { createHash, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import type { ObjectAccess, ObjectStore, OpenedCredential, PutRequest } from './object-store';
import { createS3ObjectStore } from './s3-object-store';

let served: TestObjectStore;
let store: ObjectStore;
beforeAll(async () => {
  served = await startTestObjectStore();
  store = createS3ObjectStore();
});
afterEach(() => {
  served.control.faults.clear();
});
afterAll(async () => {
  store.close();
  await served.close();
});

function access(changes: Partial<ObjectAccess> = {}): ObjectAccess {
  const { accessKeyId, secretAccessKey, region } = served;
  const credential = { accessKeyId, secretAccessKey } as unknown as OpenedCredential;
  return { region, credential, kmsKeyArn: null, ...changes };
}

let count = 0;
function putRequest(changes: Partial<PutRequest> = {}): PutRequest {
  count += 1;
  const body = Buffer.from(`file ${count}`);
  return {
    place: { endpoint: served.endpoint, bucket: served.bucket, key: `k/${count}.jsonl.gz` },
    access: access(),
    body,
    crc32: crc32(body),
    metadata: { 'sluice-rows': '1' },
    deadlineMs: 10_000,
    ...changes,
  };
}

describe('putIfAbsent', () => {
  test('stores the bytes as gzip without content encoding, with metadata and checksum', async () => {
    const request = putRequest();
    const answer = await store.putIfAbsent(request);
    expect(answer).toMatchObject({ kind: 'ok', httpStatus: 200 });
    expect(await served.getObject(request.place.key)).toMatchObject({
      body: request.body,
      metadata: { 'sluice-rows': '1' },
      contentType: 'application/gzip',
      contentEncoding: null,
    });
  });

  test.each([
    ['30', 30_000],
    ['soon', undefined],
  ])('answered to come again after %s says so', async (header, retryAfterMs) => {
    const headers = { 'retry-after': header };
    served.control.faults.add({ effect: { kind: 'answer', status: 503, code: 'SlowDown', headers } });
    const answer = await store.putIfAbsent(putRequest());
    expect(answer).toMatchObject({ kind: 'error', httpStatus: 503, code: 'SlowDown' });
    expect(answer.kind === 'error' ? answer.retryAfterMs : null).toBe(retryAfterMs);
  });

  test('sent in slices arrives whole, and tells that it moves', async () => {
    const body = randomBytes(3_000_000);
    let moved = 0;
    const onProgress = () => {
      moved += 1;
    };
    const request = putRequest({ body, crc32: crc32(body), onProgress });
    expect(await store.putIfAbsent(request)).toMatchObject({ kind: 'ok', httpStatus: 200 });
    expect((await served.getObject(request.place.key)).body.equals(body)).toBe(true);
    expect(moved).toBeGreaterThan(10);
  });

  test.each([10, 3_000_000])('of %i bytes that is given up ends at once as a timeout', async (bytes) => {
    const { faultId } = served.control.faults.add({ effect: { kind: 'hang', applied: false } });
    const giveUp = new AbortController();
    const body = randomBytes(bytes);
    const answer = store.putIfAbsent(
      putRequest({ body, crc32: crc32(body), deadlineMs: 120_000, signal: giveUp.signal }),
    );
    await served.control.faults.waitForHits(faultId, 1);
    giveUp.abort();
    expect(await answer).toMatchObject({ kind: 'error', httpStatus: null, code: 'TimeoutError' });
  });

  test('never overwrites: a taken key is answered with 412', async () => {
    const first = putRequest();
    await store.putIfAbsent(first);
    const second = { ...putRequest(), place: first.place };
    expect(await store.putIfAbsent(second)).toMatchObject({
      kind: 'error',
      httpStatus: 412,
      code: 'PreconditionFailed',
    });
    expect((await served.getObject(first.place.key)).body).toEqual(first.body);
  });

  test('a checksum that does not fit the bytes is refused by the store', async () => {
    const answer = await store.putIfAbsent(putRequest({ crc32: 1 }));
    expect(answer).toMatchObject({ kind: 'error', httpStatus: 400 });
  });

  test('a revoked key, a wrong secret and a missing bucket are named by S3’s codes', async () => {
    const stranger = await served.control.createKey();
    await served.control.revokeKey(stranger);
    const credential = stranger as unknown as OpenedCredential;
    expect(await store.putIfAbsent(putRequest({ access: access({ credential }) }))).toMatchObject({
      httpStatus: 403,
      code: 'InvalidAccessKeyId',
    });
    const wrong = { ...served, secretAccessKey: 'x'.repeat(40) } as unknown as OpenedCredential;
    expect(await store.putIfAbsent(putRequest({ access: access({ credential: wrong }) }))).toMatchObject({
      httpStatus: 403,
      code: 'SignatureDoesNotMatch',
    });
    const place = { endpoint: served.endpoint, bucket: 'no-such-bucket', key: 'k' };
    expect(await store.putIfAbsent(putRequest({ place }))).toMatchObject({
      httpStatus: 404,
      code: 'NoSuchBucket',
    });
  });

  test('a KMS key is asked for in the headers, and a disabled one is named', async () => {
    const kmsKeyArn = 'arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000';
    expect(await store.putIfAbsent(putRequest({ access: access({ kmsKeyArn }) }))).toMatchObject({
      kind: 'ok',
    });
    await served.control.setKmsKey({ kmsKeyId: kmsKeyArn, disabled: true });
    const answer = await store.putIfAbsent(putRequest({ access: access({ kmsKeyArn }) }));
    expect(answer).toMatchObject({ kind: 'error', code: 'KMS.DisabledException' });
  });

  test.each([
    ['an error document in a 200', { kind: 'answer', status: 200, code: 'InternalError' }, 'InternalError'],
    ['a 200 without ETag', { kind: 'no-etag' }, 'MissingETag'],
  ] as const)('%s is an error', async (_, effect, code) => {
    served.control.faults.add({ effect });
    expect(await store.putIfAbsent(putRequest())).toMatchObject({ kind: 'error', httpStatus: 200, code });
  });

  test('one call is one request: a 503 is answered, not retried', async () => {
    const { faultId } = served.control.faults.add({
      times: null,
      effect: { kind: 'answer', status: 503, code: 'SlowDown' },
    });
    expect(await store.putIfAbsent(putRequest())).toMatchObject({ httpStatus: 503, code: 'SlowDown' });
    expect(served.control.faults.list().find((fault) => fault.faultId === faultId)?.hits).toBe(1);
  });

  test('a reply that is lost after the write is no answer, and the object is there', async () => {
    served.control.faults.add({ effect: { kind: 'drop', applied: true } });
    const request = putRequest();
    expect(await store.putIfAbsent(request)).toMatchObject({ kind: 'error', httpStatus: null });
    expect((await served.getObject(request.place.key)).body).toEqual(request.body);
  });

  test('a server that never answers ends at the deadline', async () => {
    served.control.faults.add({ effect: { kind: 'hang', applied: false } });
    expect(await store.putIfAbsent(putRequest({ deadlineMs: 300 }))).toMatchObject({
      kind: 'error',
      httpStatus: null,
      code: 'TimeoutError',
    });
  });

  test('a refused connection is an answer without a status', async () => {
    const place = { endpoint: 'http://127.0.0.1:1', bucket: 'b', key: 'k' };
    expect(await store.putIfAbsent(putRequest({ place }))).toMatchObject({
      kind: 'error',
      httpStatus: null,
      code: 'ECONNREFUSED',
    });
  });

  test('an empty credential is a programmer’s error: the process’s own identity is never used', async () => {
    const credential = { accessKeyId: '', secretAccessKey: '' } as unknown as OpenedCredential;
    await expect(store.putIfAbsent(putRequest({ access: access({ credential }) }))).rejects.toThrow(
      'empty credential',
    );
  });

  test('endpoints and profiles of the process redirect nothing', async () => {
    const before = { ...process.env };
    process.env.AWS_ENDPOINT_URL_S3 = 'http://127.0.0.1:1';
    process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:1';
    process.env.AWS_PROFILE = 'nobody';
    process.env.AWS_ACCESS_KEY_ID = 'AKIAAMBIENT';
    process.env.AWS_SECRET_ACCESS_KEY = 'ambient';
    try {
      const fresh = createS3ObjectStore();
      expect(await fresh.putIfAbsent(putRequest())).toMatchObject({ kind: 'ok' });
      fresh.close();
    } finally {
      process.env = before;
    }
  });
});

describe('head', () => {
  test('tells length, metadata and ETag', async () => {
    const request = putRequest();
    const put = await store.putIfAbsent(request);
    const head = await store.head(request.place, request.access, 10_000);
    const md5 = createHash('md5').update(request.body).digest('hex');
    expect(put).toMatchObject({ value: { etag: `"${md5}"` } });
    expect(head).toMatchObject({
      kind: 'ok',
      value: { lengthBytes: request.body.length, metadata: request.metadata, etag: `"${md5}"` },
    });
  });

  test('a missing object and a missing right are told apart', async () => {
    const { place } = putRequest();
    expect(await store.head(place, access(), 10_000)).toMatchObject({ kind: 'error', httpStatus: 404 });
    const { denialId } = await served.control.deny({ action: 's3:GetObject' });
    expect(await store.head(place, access(), 10_000)).toMatchObject({ kind: 'error', httpStatus: 403 });
    await served.control.allow({ denialId });
  });
});

describe('a server that speaks nonsense', () => {
  let server: Server;
  let endpoint: string;
  let reply: { status: number; body: string };
  beforeAll(async () => {
    server = createServer((request, response) => {
      request.resume();
      request.on('end', () => {
        response.writeHead(reply.status, { 'content-type': 'text/html' });
        response.end(reply.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  test.each([502, 418, 400, 200])('%i with HTML is an answer with that status', async (status) => {
    reply = { status, body: '<html><body>Bad gateway</body></html>' };
    const place = { endpoint, bucket: 'b', key: 'k' };
    expect(await store.putIfAbsent(putRequest({ place }))).toMatchObject({
      kind: 'error',
      httpStatus: status,
    });
  });

  test('a 200 that names no object is neither ours nor a stranger’s', async () => {
    reply = { status: 200, body: '' };
    expect(await store.head({ endpoint, bucket: 'b', key: 'k' }, access(), 10_000)).toMatchObject({
      kind: 'error',
      code: 'MissingETag',
    });
  });

  test.each([
    ['<Error><Code>InternalError</Code></Error>', 'InternalError'],
    ['<ListBucketResult/>', 'MissingListing'],
  ])('%s in a 200 is no empty bucket', async (body, code) => {
    reply = { status: 200, body };
    const ask = { place: { endpoint, bucket: 'b' }, access: access(), prefix: '', after: null, limit: 9 };
    expect(await store.list({ ...ask, deadlineMs: 10_000 })).toMatchObject({ kind: 'error', code });
  });

  test('no message repeats the access key', async () => {
    reply = {
      status: 403,
      body: `<Error><Code>InvalidAccessKeyId</Code><Message>No ${served.accessKeyId}</Message></Error>`,
    };
    const place = { endpoint, bucket: 'b', key: 'k' };
    const answer = await store.putIfAbsent(putRequest({ place }));
    expect(answer).toMatchObject({ code: 'InvalidAccessKeyId', message: 'No [redacted]' });
  });
});

describe('list', () => {
  test('walks the keys under a prefix page by page, and no others', async () => {
    const place = { endpoint: served.endpoint, bucket: served.bucket };
    const keys = ['list/a', 'list/b', 'list/c'];
    for (const key of [...keys, 'listed-not'])
      await store.putIfAbsent(putRequest({ place: { ...place, key } }));
    const ask = { place, access: access(), prefix: 'list/', limit: 2, deadlineMs: 10_000 };
    const first = await store.list({ ...ask, after: null });
    expect(first).toMatchObject({
      kind: 'ok',
      value: { objects: [{ key: 'list/a' }, { key: 'list/b' }], hasMore: true },
    });
    expect(await store.list({ ...ask, after: 'list/b' })).toMatchObject({
      kind: 'ok',
      value: {
        objects: [{ key: 'list/c', etag: expect.stringMatching(/^"/), lengthBytes: expect.any(Number) }],
        hasMore: false,
      },
    });
  });
});

describe('remove', () => {
  test('takes an object away, and what is not there is no error', async () => {
    const request = putRequest();
    await store.putIfAbsent(request);
    for (const _ of [1, 2])
      expect(await store.remove(request.place, request.access, 10_000)).toMatchObject({ kind: 'ok' });
    expect(await store.head(request.place, request.access, 10_000)).toMatchObject({ httpStatus: 404 });
  });
});
