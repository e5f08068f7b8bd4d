import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { type CheckBench, createCheckBench } from '@/lib/testing/access-check';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { watchRouting } from '@/lib/testing/delivery-state';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { appendLines, createTestRouting, numberedLines } from '@/lib/testing/routing';
import { startTestWorker } from '@/lib/testing/worker';

const ACCOUNT = '123456789012';

let database: TestDatabase;
let store: TestObjectStore;
let bench: CheckBench;
beforeAll(async () => {
  database = await createTestDatabase({ connectionsMax: 10 });
  store = await startTestObjectStore();
  bench = createCheckBench(database);
});
afterAll(async () => {
  bench.close();
  await store.close();
  await database.close();
});

/** What an object has got from the headers of its PUT: their values, but of metadata only the names. */
async function headersOf(key: string) {
  const command = new HeadObjectCommand({ Bucket: store.bucket, Key: key, ChecksumMode: 'ENABLED' });
  const { Metadata = {}, ...head } = await store.client.send(command);
  const { ContentType, ContentEncoding, CacheControl, ServerSideEncryption, SSEKMSKeyId, StorageClass } =
    head;
  return {
    ...{ ContentType, ContentEncoding, CacheControl, ServerSideEncryption, SSEKMSKeyId, StorageClass },
    metadata: Object.keys(Metadata).sort(),
    hasCrc32: head.ChecksumCRC32 !== undefined,
  };
}

test('the test file is uploaded as a file of delivery is, header for header', async () => {
  const kmsKeyArn = `arn:aws:kms:${store.region}:${ACCOUNT}:key/7d2c0000-0000-0000-0000-000000000001`;
  const key = await store.control.createKey();
  // So that it stays to be looked at.
  await store.control.deny({ action: 's3:DeleteObject', accessKeyId: key.accessKeyId });
  const { sql } = database;
  const routing = await createTestRouting({ sql, store: { ...store, ...key }, kmsKeyArn });
  const { organizationId } = routing.tenant;
  expect((await bench.check({ organizationId, routingId: routing.routingId })).state).toBe('passed');
  const worker = await startTestWorker({ database, workerId: 'w1' });
  await appendLines(createPostgresEventLog({ sql }), routing.streamId, numberedLines('e', 5));
  await watchRouting(sql, routing).untilCaughtUp();
  await worker.stop();
  const keys = await store.listKeys(routing.prefix);
  const [ofCheck, ofDelivery] = ['_sluice/check/', 'type='].map((folder) =>
    keys.find((one) => one.startsWith(`${routing.prefix}${folder}`)),
  );
  const headers = await headersOf(ofDelivery ?? '');
  expect(headers).toMatchObject({ SSEKMSKeyId: kmsKeyArn, hasCrc32: true });
  expect(headers.metadata.length).toBeGreaterThan(3);
  expect(await headersOf(ofCheck ?? '')).toEqual(headers);
});
