import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import type { Subject } from './conformance-server';
import { sendSigned } from './send-signed';

const WRITERS = 64;
const ROUNDS = 200;
const GATE_DEADLINE_MS = 300_000;

async function putIfAbsent(subject: Subject, key: string, body: string): Promise<number> {
  const headers = { 'if-none-match': '*' };
  const put = { method: 'PUT', bucket: subject.bucket, key, headers, body: Buffer.from(body) };
  return (await sendSigned(subject.server, put)).status;
}

async function textOf(subject: Subject, key: string): Promise<string | undefined> {
  const answer = await subject.client.send(new GetObjectCommand({ Bucket: subject.bucket, Key: key }));
  return answer.Body?.transformToString();
}

/** Writes that depend on what is there; delivery rests on these. */
export function conditionalConformance(subject: () => Subject): void {
  describe('conditional writes', () => {
    test('If-None-Match: * lets the first in and keeps it from the second', async () => {
      const { bucket, client } = subject();
      expect(await putIfAbsent(subject(), 'once', 'first')).toBe(200);
      const second = client.send(
        new PutObjectCommand({ Bucket: bucket, Key: 'once', Body: 'second', IfNoneMatch: '*' }),
      );
      const refused = { name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } };
      await expect(second).rejects.toMatchObject(refused);
      expect(await textOf(subject(), 'once')).toBe('first');
    });

    test('after a delete If-None-Match: * succeeds again', async () => {
      const { bucket, client } = subject();
      expect(await putIfAbsent(subject(), 'again', 'first')).toBe(200);
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'again' }));
      expect(await putIfAbsent(subject(), 'again', 'second')).toBe(200);
      expect(await textOf(subject(), 'again')).toBe('second');
    });

    test('If-Match replaces the object it names and no other', async () => {
      const { bucket, client } = subject();
      const first = await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'match', Body: 'first' }));
      const put = (IfMatch: string | undefined, Body: string) =>
        client.send(new PutObjectCommand({ Bucket: bucket, Key: 'match', Body, IfMatch }));
      const isRaw = subject().differs('refuses-quoted-if-match');
      await put(isRaw ? first.ETag?.replaceAll('"', '') : first.ETag, 'second');
      const refused = { name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } };
      await expect(put(first.ETag, 'third')).rejects.toMatchObject(refused);
      expect(await textOf(subject(), 'match')).toBe('second');
    });

    test(
      `of ${WRITERS} writers of one key exactly one wins, ${ROUNDS} times`,
      async () => {
        for (let round = 0; round < ROUNDS; round++) {
          const key = `race/${round}`;
          const writers = Array.from({ length: WRITERS }, (_, writer) => `${round}/${writer}`);
          const statuses = await Promise.all(writers.map((body) => putIfAbsent(subject(), key, body)));
          const winners = writers.filter((_, writer) => statuses[writer] === 200);
          expect(winners, `round ${round}`).toHaveLength(1);
          // AWS may answer 409 to one of several writers at once; it says "try again", not "stored".
          expect(statuses.filter((status) => status !== 200 && status !== 412 && status !== 409)).toEqual([]);
          expect(await textOf(subject(), key)).toBe(winners[0]);
        }
      },
      GATE_DEADLINE_MS,
    );
  });
}
