import { randomBytes } from 'node:crypto';
import { CreateBucketCommand, GetBucketLocationCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessConformance } from './access-conformance';
import { conditionalConformance } from './conditional-conformance';
import { type ConformanceServer, clientFor, type Subject } from './conformance-server';
import { deleteConformance, listConformance } from './list-conformance';
import { checksumConformance, putConformance, rangeConformance } from './put-conformance';

const START_DEADLINE_MS = 15 * 60_000;

function bucketConformance(subject: () => Subject): void {
  describe('buckets', () => {
    test('a created bucket is listed and has a location', async () => {
      const { bucket, client } = subject();
      const listed = await client.send(new ListBucketsCommand({}));
      expect(listed.Buckets?.map((one) => one.Name)).toContain(bucket);
      expect(listed.Buckets?.[0]?.CreationDate).toBeInstanceOf(Date);
      const location = await client.send(new GetBucketLocationCommand({ Bucket: bucket }));
      expect(location.$metadata.httpStatusCode).toBe(200);
    });
  });
}

/** What delivery and its readers expect of an S3 server. Runs the same against every server, over HTTP, by the SDK. */
export function objectStoreServerConformance(
  name: string,
  makeServer: () => Promise<ConformanceServer>,
): void {
  describe(`${name} as an S3 server`, () => {
    let current: Subject | null = null;
    const subject = () => {
      if (current === null) throw new Error('The server has not started');
      return current;
    };
    beforeAll(async () => {
      const server = await makeServer();
      const client = clientFor(server);
      const bucket = `conformance-${randomBytes(6).toString('hex')}`;
      current = { server, client, bucket, differs: (difference) => server.differences.includes(difference) };
      await client.send(new CreateBucketCommand({ Bucket: bucket }));
    }, START_DEADLINE_MS);
    afterAll(async () => {
      current?.client.destroy();
      await current?.server.close();
    });
    accessConformance(subject);
    bucketConformance(subject);
    checksumConformance(subject);
    putConformance(subject);
    rangeConformance(subject);
    conditionalConformance(subject);
    deleteConformance(subject);
    listConformance(subject);
  });
}
