import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainS3Client, startTestObjectStore, type TestObjectStore } from './object-store';

let store: TestObjectStore;
beforeAll(async () => {
  store = await startTestObjectStore();
});
afterAll(() => store.close());

test('a suite puts with its own key and reads back with the plain client', async () => {
  const client = plainS3Client(store);
  const body = Buffer.from('one line\n');
  const put = { Bucket: store.bucket, Key: 'a/b.jsonl', Body: body, Metadata: { 'sluice-rows': '1' } };
  await client.send(new PutObjectCommand({ ...put, ContentType: 'application/gzip', IfNoneMatch: '*' }));
  expect(await store.listKeys('a/')).toEqual(['a/b.jsonl']);
  const stored = await store.getObject('a/b.jsonl');
  expect(stored.body).toEqual(body);
  expect(stored).toMatchObject({ metadata: { 'sluice-rows': '1' }, contentType: 'application/gzip' });
  client.destroy();
});

test('revoking the suite’s key leaves reading back possible', async () => {
  const client = plainS3Client(store);
  await store.control.revokeKey(store);
  const put = client.send(new PutObjectCommand({ Bucket: store.bucket, Key: 'later', Body: 'x' }));
  await expect(put).rejects.toMatchObject({ name: 'InvalidAccessKeyId', $metadata: { httpStatusCode: 403 } });
  expect(await store.listKeys('later')).toEqual([]);
  await store.control.restoreKey(store);
  await client.send(new PutObjectCommand({ Bucket: store.bucket, Key: 'later', Body: 'x' }));
  expect(await store.listKeys('later')).toEqual(['later']);
  client.destroy();
});
