import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  ListObjectsCommand,
  type ListObjectsCommandInput,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import type { Subject } from './conformance-server';

async function putAll(subject: Subject, keys: readonly string[]): Promise<void> {
  const put = (Key: string) =>
    subject.client.send(new PutObjectCommand({ Bucket: subject.bucket, Key, Body: 'x' }));
  await Promise.all(keys.map(put));
}

interface Listed {
  readonly keys: string[];
  readonly prefixes: string[];
  readonly pages: number;
}

async function listV2(subject: Subject, input: Omit<ListObjectsV2CommandInput, 'Bucket'>): Promise<Listed> {
  const listed = { keys: [] as string[], prefixes: [] as string[], pages: 0 };
  let ContinuationToken: string | undefined;
  do {
    const page = await subject.client.send(
      new ListObjectsV2Command({ Bucket: subject.bucket, ...input, ContinuationToken }),
    );
    listed.pages++;
    listed.keys.push(...(page.Contents ?? []).map((object) => object.Key ?? ''));
    listed.prefixes.push(...(page.CommonPrefixes ?? []).map((common) => common.Prefix ?? ''));
    expect(page.IsTruncated).toBe(page.NextContinuationToken !== undefined);
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  return listed;
}

async function listV1(subject: Subject, input: Omit<ListObjectsCommandInput, 'Bucket'>): Promise<Listed> {
  const listed = { keys: [] as string[], prefixes: [] as string[], pages: 0 };
  let Marker: string | undefined;
  for (;;) {
    const page = await subject.client.send(
      new ListObjectsCommand({ Bucket: subject.bucket, ...input, Marker }),
    );
    listed.pages++;
    listed.keys.push(...(page.Contents ?? []).map((object) => object.Key ?? ''));
    listed.prefixes.push(...(page.CommonPrefixes ?? []).map((common) => common.Prefix ?? ''));
    if (!page.IsTruncated) return listed;
    Marker = page.NextMarker ?? page.Contents?.at(-1)?.Key;
    expect(Marker).toBeDefined();
  }
}

const HOURS = ['00', '01', '02', '03'].flatMap((hour) =>
  ['a', 'b', 'c'].map((file) => `hive/year=2026/hour=${hour}/${file}.jsonl.gz`),
);

/** Listings, in both versions. */
export function listConformance(subject: () => Subject): void {
  describe('listings', () => {
    test.each([1, 2, 5, 1_000])('pages of %i give every key once, in order', async (MaxKeys) => {
      await putAll(subject(), HOURS);
      const pages = Math.max(1, Math.ceil(HOURS.length / MaxKeys));
      const expected = { keys: HOURS, prefixes: [], pages };
      expect(await listV2(subject(), { Prefix: 'hive/', MaxKeys })).toEqual(expected);
      expect(await listV1(subject(), { Prefix: 'hive/', MaxKeys })).toEqual(expected);
    });

    test.each([1, 3, 1_000])('a delimiter rolls up hours, also over pages of %i', async (MaxKeys) => {
      await putAll(subject(), [...HOURS, 'hive/year=2026/zz-plain']);
      const prefixes = ['00', '01', '02', '03'].map((hour) => `hive/year=2026/hour=${hour}/`);
      const input = { Prefix: 'hive/year=2026/', Delimiter: '/', MaxKeys };
      const expected = { keys: ['hive/year=2026/zz-plain'], prefixes };
      expect(await listV2(subject(), input)).toMatchObject(expected);
      expect(await listV1(subject(), input)).toMatchObject(expected);
      await subject().client.send(
        new DeleteObjectCommand({ Bucket: subject().bucket, Key: 'hive/year=2026/zz-plain' }),
      );
    });

    test('start-after begins behind the key it names', async () => {
      await putAll(subject(), HOURS);
      const listed = await listV2(subject(), { Prefix: 'hive/', StartAfter: HOURS[8] });
      expect(listed.keys).toEqual(HOURS.slice(9));
    });

    test('keys sort by their UTF-8 bytes and are encoded on demand', async () => {
      // U+FF5E sorts before U+1F600 in UTF-8 and behind it in UTF-16.
      const keys = ['odd/ a+b&c<d>%', 'odd/z', 'odd/～', 'odd/😀'];
      await putAll(subject(), [...keys].reverse());
      expect((await listV2(subject(), { Prefix: 'odd/' })).keys).toEqual(keys);
      const encoded = await listV2(subject(), { Prefix: 'odd/', EncodingType: 'url' });
      const decode = (key: string) => decodeURIComponent(key.replaceAll('+', ' '));
      expect(encoded.keys.map(decode)).toEqual(keys);
    });

    test('an entry tells time, size, ETag and storage class', async () => {
      const { bucket, client } = subject();
      const { ETag } = await client.send(
        new PutObjectCommand({ Bucket: bucket, Key: 'entry', Body: '12345' }),
      );
      const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'entry' }));
      expect(page).toMatchObject({ Name: bucket, Prefix: 'entry', KeyCount: 1, IsTruncated: false });
      expect(page.Contents).toEqual([
        expect.objectContaining({ Key: 'entry', ETag, Size: 5, StorageClass: 'STANDARD' }),
      ]);
      const storedMs = page.Contents?.[0]?.LastModified?.getTime() ?? 0;
      expect(Math.abs(Date.now() - storedMs)).toBeLessThan(60_000);
    });

    test('a listing after a write shows it, and after a delete does not', async () => {
      const { bucket, client } = subject();
      for (let count = 1; count <= 20; count++) {
        await putAll(subject(), [`fresh/${String(count).padStart(2, '0')}`]);
        expect((await listV2(subject(), { Prefix: 'fresh/' })).keys).toHaveLength(count);
      }
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'fresh/07' }));
      expect((await listV2(subject(), { Prefix: 'fresh/' })).keys).toHaveLength(19);
    });
  });
}

/** Deletes, one and many. */
export function deleteConformance(subject: () => Subject): void {
  describe('deletes', () => {
    test('deleting what is not there is no error', async () => {
      const { bucket, client } = subject();
      const answer = await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'never-was' }));
      expect(answer.$metadata.httpStatusCode).toBe(204);
    });

    test('many keys are deleted at once and the others stay', async () => {
      const { bucket, client } = subject();
      await putAll(subject(), ['many/a', 'many/b & <c>', 'many/d']);
      const Objects = [{ Key: 'many/a' }, { Key: 'many/b & <c>' }];
      const answer = await client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }));
      expect(answer.Deleted?.map((deleted) => deleted.Key)).toEqual(['many/a', 'many/b & <c>']);
      expect((await listV2(subject(), { Prefix: 'many/' })).keys).toEqual(['many/d']);
    });
  });
}
