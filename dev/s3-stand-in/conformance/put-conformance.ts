import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import type { Subject } from './conformance-server';
import { sendSigned } from './send-signed';

const BODY = Buffer.from('{"event_id":"1"}\n'.repeat(50));

export function crc32Base64(body: Buffer): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64');
}

async function bodyOf(subject: Subject, key: string): Promise<Buffer> {
  const answer = await subject.client.send(new GetObjectCommand({ Bucket: subject.bucket, Key: key }));
  return Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
}

async function expectMissing(subject: Subject, key: string): Promise<void> {
  const head = subject.client.send(new HeadObjectCommand({ Bucket: subject.bucket, Key: key }));
  await expect(head).rejects.toMatchObject({ name: 'NotFound', $metadata: { httpStatusCode: 404 } });
}

/** What was sent is what is kept, or the PUT is refused. */
export function checksumConformance(subject: () => Subject): void {
  describe('checksums', () => {
    test('a right CRC-32 header is accepted, kept and told on demand', async () => {
      const { bucket, client } = subject();
      const ChecksumCRC32 = crc32Base64(BODY);
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'crc', Body: BODY, ChecksumCRC32 }));
      const head = await client.send(
        new HeadObjectCommand({ Bucket: bucket, Key: 'crc', ChecksumMode: 'ENABLED' }),
      );
      const kept = subject().differs('does-not-keep-checksums') ? undefined : ChecksumCRC32;
      expect(head.ChecksumCRC32).toBe(kept);
      expect(await bodyOf(subject(), 'crc')).toEqual(BODY);
    });

    test('a wrong CRC-32 header is refused and stores nothing', async () => {
      const { bucket, client } = subject();
      const put = client.send(
        new PutObjectCommand({ Bucket: bucket, Key: 'wrong-crc', Body: BODY, ChecksumCRC32: 'AAAAAA==' }),
      );
      if (subject().differs('accepts-a-wrong-checksum-header')) {
        await expect(put).resolves.toBeDefined();
        return;
      }
      await expect(put).rejects.toMatchObject({ name: 'BadDigest', $metadata: { httpStatusCode: 400 } });
      await expectMissing(subject(), 'wrong-crc');
    });

    test.each(['CRC32C', 'SHA1', 'SHA256'] as const)(
      'a body with a %s checksum is accepted',
      async (ChecksumAlgorithm) => {
        const { bucket, client } = subject();
        const key = `algorithm-${ChecksumAlgorithm}`;
        await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: BODY, ChecksumAlgorithm }));
        expect(await bodyOf(subject(), key)).toEqual(BODY);
      },
    );

    test('a wrong Content-MD5 is refused and stores nothing', async () => {
      const { bucket, client } = subject();
      const ContentMD5 = Buffer.alloc(16).toString('base64');
      const put = client.send(new PutObjectCommand({ Bucket: bucket, Key: 'md5', Body: BODY, ContentMD5 }));
      await expect(put).rejects.toMatchObject({ name: 'BadDigest', $metadata: { httpStatusCode: 400 } });
      await expectMissing(subject(), 'md5');
    });

    test('a body that is not the one that was signed is refused and stores nothing', async () => {
      const { bucket, server } = subject();
      const payloadHash = 'a'.repeat(64);
      const answer = await sendSigned(server, {
        method: 'PUT',
        bucket,
        key: 'sha',
        body: BODY,
        payloadHash,
      });
      expect(answer.status).toBe(400);
      expect(answer.text).toContain('<Code>XAmzContentSHA256Mismatch</Code>');
      await expectMissing(subject(), 'sha');
    });

    test('a stream in aws-chunked framing with a CRC-32 trailer is unframed and verified', async () => {
      const { bucket, client } = subject();
      const Body = Readable.from([BODY.subarray(0, 100), BODY.subarray(100)]);
      const put = client.send(
        new PutObjectCommand({ Bucket: bucket, Key: 'stream', Body, ContentLength: BODY.length }),
      );
      if (subject().differs('refuses-streamed-trailers')) {
        await expect(put).rejects.toMatchObject({ $metadata: { httpStatusCode: 411 } });
        return;
      }
      await put;
      expect(await bodyOf(subject(), 'stream')).toEqual(BODY);
      const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'stream' }));
      expect(head.ContentEncoding).toBeUndefined();
    });
  });
}

/** Metadata, encryption and odd bodies and keys. */
export function putConformance(subject: () => Subject): void {
  describe('putting and getting', () => {
    test('metadata and content type come back, and no content encoding that was not given', async () => {
      const { bucket, client } = subject();
      const Metadata = { 'sluice-file': '7f', 'sluice-rows': '50' };
      const put = { Bucket: bucket, Key: 'meta', Body: BODY, Metadata, ContentType: 'application/gzip' };
      const { ETag } = await client.send(new PutObjectCommand(put));
      const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'meta' }));
      expect(head).toMatchObject({
        Metadata,
        ContentType: 'application/gzip',
        ETag,
        ContentLength: BODY.length,
      });
      expect(head.ContentEncoding).toBeUndefined();
      expect(head.LastModified).toBeInstanceOf(Date);
    });

    test('a content encoding that was given comes back', async () => {
      const { bucket, client } = subject();
      const put = { Bucket: bucket, Key: 'encoded', Body: BODY, ContentEncoding: 'gzip' };
      await client.send(new PutObjectCommand(put));
      const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'encoded' }));
      expect(head.ContentEncoding).toBe('gzip');
    });

    test.each([0, 1, 65_537, 6 * 1024 * 1024])(
      'a body of %i bytes comes back as it was',
      async (sizeBytes) => {
        const { bucket, client } = subject();
        const body = randomBytes(sizeBytes);
        await client.send(new PutObjectCommand({ Bucket: bucket, Key: `size/${sizeBytes}`, Body: body }));
        expect((await bodyOf(subject(), `size/${sizeBytes}`)).equals(body)).toBe(true);
      },
    );

    test.each([
      'type=events/year=2026/month=01/day=15/hour=14/2026-01-15T14:00:00.000000Z-abc123-w1.jsonl.gz',
      "spaces and + & % ' ( ) ! * ~ = @ , ; : $",
      'ünï/日本語/😀',
      'double//slash/',
    ])('the key "%s" is kept to the letter', async (key) => {
      const { bucket, client } = subject();
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: BODY }));
      expect(await bodyOf(subject(), key)).toEqual(BODY);
    });

    test('a PUT without a condition replaces body and metadata', async () => {
      const { bucket, client } = subject();
      const first = { Bucket: bucket, Key: 'twice', Body: 'first', Metadata: { one: '1' } };
      await client.send(new PutObjectCommand(first));
      await client.send(
        new PutObjectCommand({ Bucket: bucket, Key: 'twice', Body: BODY, Metadata: { two: '2' } }),
      );
      const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'twice' }));
      expect(head.Metadata).toEqual({ two: '2' });
      expect(await bodyOf(subject(), 'twice')).toEqual(BODY);
    });

    test('SSE-KMS and its key are told by PUT and HEAD', async () => {
      const { bucket, client, server } = subject();
      const SSEKMSKeyId = server.kmsKeyId;
      const encryption = { ServerSideEncryption: 'aws:kms' as const, SSEKMSKeyId };
      const put = await client.send(
        new PutObjectCommand({ Bucket: bucket, Key: 'kms', Body: BODY, ...encryption }),
      );
      expect(put).toMatchObject(encryption);
      const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'kms' }));
      expect(head).toMatchObject(encryption);
      expect(await bodyOf(subject(), 'kms')).toEqual(BODY);
    });

    test('a missing bucket and a missing key are told apart', async () => {
      const { bucket, client } = subject();
      const get = (Bucket: string) => client.send(new GetObjectCommand({ Bucket, Key: 'nothing' }));
      await expect(get(bucket)).rejects.toMatchObject({
        name: 'NoSuchKey',
        $metadata: { httpStatusCode: 404 },
      });
      const put = client.send(new PutObjectCommand({ Bucket: `${bucket}-missing`, Key: 'k', Body: BODY }));
      await expect(put).rejects.toMatchObject({ name: 'NoSuchBucket', $metadata: { httpStatusCode: 404 } });
      await expectMissing(subject(), 'nothing');
    });
  });
}

const DIGITS = Buffer.from('0123456789');

/** Parts of an object. */
export function rangeConformance(subject: () => Subject): void {
  describe('ranges', () => {
    test.each([
      ['bytes=0-0', '0', 'bytes 0-0/10'],
      ['bytes=2-4', '234', 'bytes 2-4/10'],
      ['bytes=7-', '789', 'bytes 7-9/10'],
      ['bytes=-3', '789', 'bytes 7-9/10'],
      ['bytes=5-100', '56789', 'bytes 5-9/10'],
    ])('%s gives %s', async (Range, expected, ContentRange) => {
      const { bucket, client } = subject();
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'digits', Body: DIGITS }));
      const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'digits', Range }));
      expect(answer).toMatchObject({ ContentRange, ContentLength: expected.length });
      expect(answer.$metadata.httpStatusCode).toBe(206);
      expect(await answer.Body?.transformToString()).toBe(expected);
    });

    test('a range behind the end is refused', async () => {
      const { bucket, client } = subject();
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'digits', Body: DIGITS }));
      const get = client.send(new GetObjectCommand({ Bucket: bucket, Key: 'digits', Range: 'bytes=10-' }));
      await expect(get).rejects.toMatchObject({ name: 'InvalidRange', $metadata: { httpStatusCode: 416 } });
    });
  });
}
