import {
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { clientFor, type Subject } from './conformance-server';

const HOUR_MS = 3_600_000;
const DEADLINE_MS = 30_000;

async function putWith(subject: Subject, changes: Partial<S3ClientConfig>): Promise<unknown> {
  const client = clientFor(subject.server, changes);
  try {
    return await client.send(new PutObjectCommand({ Bucket: subject.bucket, Key: 'denied', Body: 'x' }));
  } finally {
    client.destroy();
  }
}

async function expectNothingStored(subject: Subject): Promise<void> {
  const list = new ListObjectsV2Command({ Bucket: subject.bucket, Prefix: 'denied' });
  expect((await subject.client.send(list)).KeyCount).toBe(0);
}

/** Who may speak: signature, clock, region. */
export function accessConformance(subject: () => Subject): void {
  describe('access', () => {
    test('a wrong secret is refused and stores nothing', async () => {
      const { server } = subject();
      const credentials = { accessKeyId: server.accessKeyId, secretAccessKey: 'not-the-secret' };
      const refused = { name: 'SignatureDoesNotMatch', $metadata: { httpStatusCode: 403 } };
      await expect(putWith(subject(), { credentials })).rejects.toMatchObject(refused);
      await expectNothingStored(subject());
    });

    test('an unknown key is refused', async () => {
      const credentials = { accessKeyId: 'AKIAUNKNOWN000000000', secretAccessKey: 'whatever' };
      const refused = { name: 'InvalidAccessKeyId', $metadata: { httpStatusCode: 403 } };
      await expect(putWith(subject(), { credentials })).rejects.toMatchObject(refused);
    });

    test.each([-HOUR_MS, HOUR_MS])('a clock that is off by %i ms is told so', async (systemClockOffset) => {
      const refused = { name: 'RequestTimeTooSkewed', $metadata: { httpStatusCode: 403 } };
      await expect(putWith(subject(), { systemClockOffset })).rejects.toMatchObject(refused);
      await expectNothingStored(subject());
    });

    test('a signature for another region is refused and the right region named', async () => {
      const put = putWith(subject(), { region: 'ap-southeast-2' });
      if (subject().differs('accepts-any-region')) {
        await expect(put).resolves.toMatchObject({ $metadata: { httpStatusCode: 200 } });
        return;
      }
      await expect(put).rejects.toMatchObject({
        name: 'AuthorizationHeaderMalformed',
        Region: subject().server.region,
        $metadata: { httpStatusCode: 400 },
      });
    });

    test.each(['GET', 'PUT', 'DELETE'])('an unsigned %s is refused', async (method) => {
      const { server, bucket, client } = subject();
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'private', Body: 'secret' }));
      const body = method === 'PUT' ? { body: 'mine' } : {};
      const signal = AbortSignal.timeout(DEADLINE_MS);
      const answer = await fetch(`${server.endpoint}/${bucket}/private`, { method, ...body, signal });
      expect(answer.status).toBe(403);
      expect(await answer.text()).toContain('<Code>AccessDenied</Code>');
      const kept = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'private' }));
      expect(await kept.Body?.transformToString()).toBe('secret');
    });

    test('an expected bucket owner that is another account is refused', async () => {
      const { bucket, client } = subject();
      const put = client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: 'owner',
          Body: 'x',
          ExpectedBucketOwner: '999999999999',
        }),
      );
      if (subject().differs('ignores-expected-owner')) await expect(put).resolves.toBeDefined();
      else
        await expect(put).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    });

    test('HeadBucket answers for an own bucket and with 404 for a missing one', async () => {
      const { bucket, client } = subject();
      const head = await client.send(new HeadBucketCommand({ Bucket: bucket }));
      expect(head.$metadata.httpStatusCode).toBe(200);
      const missing = client.send(new HeadBucketCommand({ Bucket: `${bucket}-missing` }));
      await expect(missing).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
    });
  });
}
