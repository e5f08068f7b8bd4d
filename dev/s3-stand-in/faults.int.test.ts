import {
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { plainS3Client, startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';

let store: TestObjectStore;
let client: S3Client;
beforeAll(async () => {
  store = await startTestObjectStore();
  client = plainS3Client(store);
});
afterEach(() => {
  store.control.faults.clear();
  store.control.seenRequests.clear();
});
afterAll(async () => {
  client.destroy();
  await store.close();
});

function put(key: string, extra: Partial<PutObjectCommandInput> = {}) {
  return client.send(new PutObjectCommand({ Bucket: store.bucket, Key: key, Body: 'x', ...extra }));
}

test('503 SlowDown is answered as often as asked and stores nothing', async () => {
  const { faults } = store.control;
  const { faultId } = faults.add({ times: 2, effect: { kind: 'answer', status: 503, code: 'SlowDown' } });
  const slowDown = { name: 'SlowDown', $metadata: { httpStatusCode: 503 } };
  await expect(put('slow-down')).rejects.toMatchObject(slowDown);
  await expect(put('slow-down')).rejects.toMatchObject(slowDown);
  expect(await store.listKeys('slow-down')).toEqual([]);
  await put('slow-down');
  expect(faults.list().find((fault) => fault.faultId === faultId)?.hits).toBe(2);
});

test('409 is answered with the code that was asked for', async () => {
  store.control.faults.add({
    effect: { kind: 'answer', status: 409, code: 'ConditionalRequestConflict' },
  });
  const conflict = { name: 'ConditionalRequestConflict', $metadata: { httpStatusCode: 409 } };
  await expect(put('conflict', { IfNoneMatch: '*' })).rejects.toMatchObject(conflict);
});

test('a fault strikes only what it matches', async () => {
  store.control.faults.add({
    match: { operation: 'PutObject', bucket: store.bucket, prefix: 'bad/', accessKeyId: store.accessKeyId },
    times: null,
    effect: { kind: 'answer', status: 500, code: 'InternalError' },
  });
  await put('good/a');
  await expect(put('bad/a')).rejects.toMatchObject({ name: 'InternalError' });
  await store.client.send(new PutObjectCommand({ Bucket: store.bucket, Key: 'bad/a', Body: 'x' }));
  await client.send(new HeadObjectCommand({ Bucket: store.bucket, Key: 'bad/a' }));
});

test('a reply dropped after applying leaves the object and tells the client nothing', async () => {
  store.control.faults.add({ effect: { kind: 'drop', applied: true } });
  await expect(put('dropped-after', { IfNoneMatch: '*' })).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(await store.listKeys('dropped-after')).toEqual(['dropped-after']);
  const again = put('dropped-after', { IfNoneMatch: '*' });
  await expect(again).rejects.toMatchObject({ $metadata: { httpStatusCode: 412 } });
});

test('a connection dropped before applying leaves no object', async () => {
  store.control.faults.add({ effect: { kind: 'drop', applied: false } });
  await expect(put('dropped-before')).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(await store.listKeys('dropped-before')).toEqual([]);
});

test('a request that hangs before applying applies when the fault is cleared', async () => {
  const { faults } = store.control;
  const { faultId } = faults.add({ match: { prefix: 'hang' }, effect: { kind: 'hang', applied: false } });
  const hanging = put('hang-before');
  await faults.waitForHits(faultId, 1);
  expect(await store.listKeys('hang-before')).toEqual([]);
  faults.clear(faultId);
  await hanging;
  expect(await store.listKeys('hang-before')).toEqual(['hang-before']);
});

test('a request that hangs after applying has stored its object; a client that gives up is no harm', async () => {
  const { faults } = store.control;
  const { faultId } = faults.add({ match: { prefix: 'hang' }, effect: { kind: 'hang', applied: true } });
  const givingUp = new AbortController();
  const hanging = client.send(new PutObjectCommand({ Bucket: store.bucket, Key: 'hang-after', Body: 'x' }), {
    abortSignal: givingUp.signal,
  });
  const ended = expect(hanging).rejects.toMatchObject({ name: 'AbortError' });
  await faults.waitForHits(faultId, 1);
  await expect.poll(() => store.listKeys('hang-after')).toEqual(['hang-after']);
  givingUp.abort();
  await ended;
  faults.clear(faultId);
});

test('a 200 that holds an error document is an error and stores nothing', async () => {
  store.control.faults.add({ effect: { kind: 'answer', status: 200, code: 'InternalError' } });
  await expect(put('error-in-200')).rejects.toMatchObject({ name: 'InternalError' });
  const [seen] = store.control.seenRequests.list({ key: 'error-in-200' });
  expect(seen?.status).toBe(200);
  expect(await store.listKeys('error-in-200')).toEqual([]);
});

test('a 200 without ETag has stored the object', async () => {
  store.control.faults.add({ effect: { kind: 'no-etag' } });
  const answer = await put('no-etag');
  expect([answer.$metadata.httpStatusCode, answer.ETag]).toEqual([200, undefined]);
  expect(await store.listKeys('no-etag')).toEqual(['no-etag']);
});

test('a foreign object that appears first makes a conditional PUT fail and keeps its own metadata', async () => {
  store.control.faults.add({ effect: { kind: 'foreign-object', text: 'theirs', metadata: { by: 'them' } } });
  const mine = put('foreign', { IfNoneMatch: '*', Metadata: { by: 'me' } });
  await expect(mine).rejects.toMatchObject({ $metadata: { httpStatusCode: 412 } });
  const stored = await store.getObject('foreign');
  expect([stored.body.toString(), stored.metadata]).toEqual(['theirs', { by: 'them' }]);
});

test('a foreign object can be put in advance', async () => {
  await store.control.putForeignObject({ bucket: store.bucket, key: 'in-advance' });
  const mine = put('in-advance', { IfNoneMatch: '*' });
  await expect(mine).rejects.toMatchObject({ $metadata: { httpStatusCode: 412 } });
});

test('a slowed body arrives whole, both ways', async () => {
  const body = Buffer.alloc(200_000, 'slow');
  store.control.faults.add({ times: 2, effect: { kind: 'slow', bytesPerSecond: 2_000_000 } });
  await put('slow', { Body: body });
  expect((await store.getObject('slow')).body.equals(body)).toBe(true);
});

test('a stalled upload ends when the client gives up, and stores nothing', async () => {
  const { faults } = store.control;
  const { faultId } = faults.add({ effect: { kind: 'slow', bytesPerSecond: 1 } });
  const givingUp = new AbortController();
  const put = new PutObjectCommand({ Bucket: store.bucket, Key: 'stalled', Body: Buffer.alloc(1_000) });
  const ended = expect(client.send(put, { abortSignal: givingUp.signal })).rejects.toMatchObject({
    name: 'AbortError',
  });
  await faults.waitForHits(faultId, 1);
  givingUp.abort();
  await ended;
  expect(await store.listKeys('stalled')).toEqual([]);
});

test('a connection cut in the middle of a body stores nothing', async () => {
  store.control.faults.add({ effect: { kind: 'cut-body', afterBytes: 100_000 } });
  const cut = put('cut-body', { Body: Buffer.alloc(400_000, 'x') });
  await expect(cut).rejects.toMatchObject({ code: expect.stringMatching(/^(ECONNRESET|EPIPE)$/) });
  expect(await store.listKeys('cut-body')).toEqual([]);
});

test.each([
  ['cut in the middle', { kind: 'cut-reply' }],
  ['sent byte by byte', { kind: 'drip', bytesPerSecond: 5 }],
] as const)('an answer that is %s is none, and the object is there', async (_, effect) => {
  const key = `reply-${effect.kind}`;
  store.control.faults.add({ effect });
  const abortSignal = AbortSignal.timeout(500);
  const command = new PutObjectCommand({ Bucket: store.bucket, Key: key, Body: 'x' });
  await expect(client.send(command, { abortSignal })).rejects.toThrow();
  expect(await store.listKeys(key)).toEqual([key]);
});

test('an answer may be applied first, come in HTML and carry headers', async () => {
  const effect = { kind: 'answer' as const, status: 503, code: '', applied: true, body: '<html></html>' };
  store.control.faults.add({ effect: { ...effect, headers: { 'retry-after': '120' } } });
  const refused = await put('applied-503').catch((cause: unknown) => cause);
  expect(refused).toMatchObject({ $metadata: { httpStatusCode: 503 } });
  expect(await store.listKeys('applied-503')).toEqual(['applied-503']);
});

test('a store that ignores conditions overwrites', async () => {
  await put('no-condition', { IfNoneMatch: '*', Body: 'first' });
  store.control.faults.add({ effect: { kind: 'ignore-condition' } });
  await put('no-condition', { IfNoneMatch: '*', Body: 'second' });
  expect((await store.getObject('no-condition')).body.toString()).toBe('second');
});

test('a stranger’s object may carry the metadata of the request it keeps out', async () => {
  store.control.faults.add({ effect: { kind: 'foreign-object', forged: true } });
  const mine = put('forged', { IfNoneMatch: '*', Metadata: { by: 'me' } });
  await expect(mine).rejects.toMatchObject({ $metadata: { httpStatusCode: 412 } });
  const stored = await store.getObject('forged');
  expect([stored.body.toString(), stored.metadata]).toEqual(['written by somebody else', { by: 'me' }]);
});

test('what reached the server can be counted, answered or not', async () => {
  await put('counted');
  store.control.faults.add({ effect: { kind: 'drop', applied: false } });
  await expect(put('counted')).rejects.toThrow();
  await expect(put('counted', { IfNoneMatch: '*' })).rejects.toThrow();
  const seen = store.control.seenRequests.list({ operation: 'PutObject', key: 'counted' });
  expect(seen.map(({ status, code }) => [status, code])).toEqual([
    [200, null],
    [null, null],
    [412, 'PreconditionFailed'],
  ]);
});

test('what the stand-in lacks is refused by name, never half done', async () => {
  await put('original');
  const Bucket = store.bucket;
  const missing = { name: 'NotImplemented', $metadata: { httpStatusCode: 501 } };
  const upload = client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'multi' }));
  await expect(upload).rejects.toMatchObject(missing);
  const versions = client.send(new ListObjectVersionsCommand({ Bucket }));
  await expect(versions).rejects.toMatchObject(missing);
  const copy = client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/original` }));
  await expect(copy).rejects.toMatchObject(missing);
  expect(await store.listKeys('copy')).toEqual([]);
});
