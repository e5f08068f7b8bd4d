import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainS3Client, startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';

const KMS_KEY = 'arn:aws:kms:eu-west-1:123456789012:key/0b2c5a3e-1111-4222-8333-444455556666';
const FORBIDDEN = { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } };

let store: TestObjectStore;
let client: S3Client;
beforeAll(async () => {
  store = await startTestObjectStore();
  client = plainS3Client(store);
});
afterAll(async () => {
  client.destroy();
  await store.close();
});

function put(by: S3Client, key: string, extra: Partial<PutObjectCommandInput> = {}) {
  return by.send(new PutObjectCommand({ Bucket: store.bucket, Key: key, Body: 'x', ...extra }));
}

/** A client whose key has only these actions, under a prefix. */
async function confined(actions: string[], prefix: string): Promise<S3Client> {
  const key = await store.control.createKey({ grants: [{ actions, bucket: store.bucket, prefix }] });
  return plainS3Client({ ...store, ...key });
}

test('a key confined to a prefix writes there and nowhere else', async () => {
  const narrow = await confined(['s3:PutObject', 's3:GetObject'], 'mine/');
  await put(narrow, 'mine/a');
  await expect(put(narrow, 'theirs/a')).rejects.toMatchObject(FORBIDDEN);
  await store.control.createBucket({ name: 'another-bucket' });
  await expect(put(narrow, 'mine/a', { Bucket: 'another-bucket' })).rejects.toMatchObject(FORBIDDEN);
  expect(await store.listKeys('theirs/')).toEqual([]);
  narrow.destroy();
});

test('the message of a refusal names the action that is missing', async () => {
  const narrow = await confined(['s3:Get*'], '');
  await expect(put(narrow, 'a')).rejects.toThrow(/is not authorized to perform: s3:PutObject on resource/);
  narrow.destroy();
});

test('a denied action bites at once, only there, until it is allowed again', async () => {
  const { denialId } = await store.control.deny({
    action: 's3:PutObject',
    bucket: store.bucket,
    prefix: 'no/',
  });
  await expect(put(client, 'no/a')).rejects.toMatchObject(FORBIDDEN);
  await put(client, 'yes/a');
  await store.control.allow({ denialId });
  await put(client, 'no/a');
});

test('a denial may concern one key only', async () => {
  const { denialId } = await store.control.deny({ action: 's3:*', accessKeyId: store.accessKeyId });
  await expect(put(client, 'one')).rejects.toMatchObject(FORBIDDEN);
  await put(store.client, 'one');
  await store.control.allow({ denialId });
});

test('who may not list learns 403, not 404, about a missing key', async () => {
  const narrow = await confined(['s3:GetObject'], '');
  const head = (by: S3Client) => by.send(new HeadObjectCommand({ Bucket: store.bucket, Key: 'missing' }));
  await expect(head(narrow)).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  await expect(head(client)).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
  narrow.destroy();
});

test('a conditional PUT without GetObject still answers 412, and its HEAD 403', async () => {
  const narrow = await confined(['s3:PutObject'], '');
  await put(narrow, 'blind', { IfNoneMatch: '*' });
  const again = put(narrow, 'blind', { IfNoneMatch: '*' });
  await expect(again).rejects.toMatchObject({ $metadata: { httpStatusCode: 412 } });
  const head = narrow.send(new HeadObjectCommand({ Bucket: store.bucket, Key: 'blind' }));
  await expect(head).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  narrow.destroy();
});

test('listing is confined to the granted prefix', async () => {
  const narrow = await confined(['s3:ListBucket'], 'mine/');
  const list = (Prefix?: string) => narrow.send(new ListObjectsV2Command({ Bucket: store.bucket, Prefix }));
  await expect(list('mine/')).resolves.toBeDefined();
  await expect(list()).rejects.toMatchObject(FORBIDDEN);
  narrow.destroy();
});

test('of many deletes the forbidden ones are refused one by one', async () => {
  await put(client, 'bulk/mine/a');
  await put(client, 'bulk/theirs/a');
  const narrow = await confined(['s3:DeleteObject'], 'bulk/mine/');
  const Objects = [{ Key: 'bulk/mine/a' }, { Key: 'bulk/theirs/a' }];
  const answer = await narrow.send(new DeleteObjectsCommand({ Bucket: store.bucket, Delete: { Objects } }));
  expect(answer.Deleted).toEqual([expect.objectContaining({ Key: 'bulk/mine/a' })]);
  expect(answer.Errors).toEqual([expect.objectContaining({ Key: 'bulk/theirs/a', Code: 'AccessDenied' })]);
  expect(await store.listKeys('bulk/')).toEqual(['bulk/theirs/a']);
  narrow.destroy();
});

test('a revoked key is unknown, whatever its signature, until it is restored', async () => {
  await store.control.revokeKey(store);
  const unknown = { name: 'InvalidAccessKeyId', $metadata: { httpStatusCode: 403 } };
  await expect(put(client, 'revoked')).rejects.toMatchObject(unknown);
  await store.control.restoreKey(store);
  await put(client, 'revoked');
});

test('the region of a bucket is told even with a 403', async () => {
  const narrow = await confined(['s3:PutObject'], '');
  const head = narrow.send(new HeadBucketCommand({ Bucket: store.bucket }));
  await expect(head).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  const signal = AbortSignal.timeout(10_000);
  const unsigned = await fetch(`${store.endpoint}/${store.bucket}`, { method: 'HEAD', signal });
  expect([unsigned.status, unsigned.headers.get('x-amz-bucket-region')]).toEqual([403, 'eu-west-1']);
  narrow.destroy();
});

test('a bucket that moves region refuses signatures of the old one and names the new', async () => {
  await store.control.createBucket({ name: 'moving-bucket', region: 'eu-west-1' });
  await put(client, 'before', { Bucket: 'moving-bucket' });
  await store.control.setBucketRegion({ name: 'moving-bucket', region: 'us-west-2' });
  await expect(put(client, 'after', { Bucket: 'moving-bucket' })).rejects.toMatchObject({
    name: 'AuthorizationHeaderMalformed',
    Region: 'us-west-2',
    $metadata: { httpStatusCode: 400 },
  });
  const there = plainS3Client({ ...store, region: 'us-west-2' });
  await put(there, 'after', { Bucket: 'moving-bucket' });
  there.destroy();
});

test('a disabled KMS key refuses PUT and GET and leaves HEAD', async () => {
  const encryption = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KMS_KEY } as const;
  await put(client, 'kms/a', encryption);
  await store.control.setKmsKey({ kmsKeyId: KMS_KEY, disabled: true });
  const disabled = { name: 'KMS.DisabledException', $metadata: { httpStatusCode: 400 } };
  await expect(put(client, 'kms/b', encryption)).rejects.toMatchObject(disabled);
  const read = { Bucket: store.bucket, Key: 'kms/a' };
  await expect(client.send(new GetObjectCommand(read))).rejects.toMatchObject(disabled);
  const head = await client.send(new HeadObjectCommand(read));
  expect(head).toMatchObject(encryption);
  await store.control.setKmsKey({ kmsKeyId: KMS_KEY, disabled: false });
  await put(client, 'kms/b', encryption);
});

test('a KMS key of another region is not found, and one without permission names the action', async () => {
  const elsewhere = KMS_KEY.replace('eu-west-1', 'us-east-1');
  const wrong = put(client, 'kms/c', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: elsewhere });
  await expect(wrong).rejects.toMatchObject({
    name: 'KMS.NotFoundException',
    $metadata: { httpStatusCode: 400 },
  });
  const { denialId } = await store.control.deny({ action: 'kms:GenerateDataKey' });
  const denied = put(client, 'kms/c', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KMS_KEY });
  await expect(denied).rejects.toThrow(/kms:GenerateDataKey/);
  await store.control.allow({ denialId });
});

test('under SSE-KMS the ETag is not the MD5 of the body', async () => {
  const md5 = '"9dd4e461268c8034f5c8564e155c67a6"';
  expect((await put(client, 'etag/plain')).ETag).toBe(md5);
  const kms = await put(client, 'etag/kms', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KMS_KEY });
  expect(kms.ETag).toMatch(/^"[0-9a-f]{32}"$/);
  expect(kms.ETag).not.toBe(md5);
});
