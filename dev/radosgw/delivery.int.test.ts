import { randomBytes } from 'node:crypto';
import { CreateBucketCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTcpFaultProxy, type TcpFaultProxy } from '@/dev/tcp-fault-proxy/start';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import type { ObjectStore, PutRequest } from '@/lib/platform/object-store/object-store';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { readDeliveredLines } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { plainS3Client, type TestObjectStore } from '@/lib/testing/object-store';
import { listBucketKeys, readBucketObject } from '@/lib/testing/read-bucket';
import { appendLines, createTestRouting, numberedLines } from '@/lib/testing/routing';
import { startTestWorker, type TestWorker } from '@/lib/testing/worker';
import { type Radosgw, startRadosgw } from './start';

const START_DEADLINE_MS = 15 * 60_000;
const MIB = 1024 * 1024;

function readerOf(client: S3Client, bucket: string): Pick<TestObjectStore, 'listKeys' | 'getObject'> {
  return {
    listKeys: (prefix = '') => listBucketKeys(client, bucket, prefix),
    getObject: (key) => readBucketObject(client, bucket, key),
  };
}

/** What happens to a PUT on its way; set by a test. */
type OnPut = (
  request: PutRequest,
  put: () => ReturnType<ObjectStore['putIfAbsent']>,
) => ReturnType<ObjectStore['putIfAbsent']>;
const PASS: OnPut = (_, put) => put();

// What `npm test` says at its end about the second tier is decided by the same setting.
describe.runIf(process.env.SLUICE_TEST_TIER2 === '1')('delivery to radosgw', () => {
  let gateway: Radosgw;
  let proxy: TcpFaultProxy;
  let database: TestDatabase;
  let client: S3Client;
  let store: Pick<
    TestObjectStore,
    'endpoint' | 'bucket' | 'region' | 'accessKeyId' | 'secretAccessKey' | 'listKeys' | 'getObject'
  >;
  let log: EventLog;
  let worker: TestWorker;
  let onPut = PASS;

  beforeAll(async () => {
    gateway = await startRadosgw();
    proxy = await startTcpFaultProxy({ targetPort: Number(new URL(gateway.url).port) });
    database = await createTestDatabase({ connectionsMax: 20 });
    client = plainS3Client({ ...gateway, endpoint: gateway.url });
    const bucket = `delivery-${randomBytes(6).toString('hex')}`;
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    const { region, accessKeyId, secretAccessKey } = gateway;
    const endpoint = `http://127.0.0.1:${proxy.port}`;
    store = { endpoint, bucket, region, accessKeyId, secretAccessKey, ...readerOf(client, bucket) };
    log = createPostgresEventLog({ sql: database.sql });
    worker = await startTestWorker({
      database,
      workerId: 'w1',
      wrapStore: (given) => ({
        ...given,
        putIfAbsent: (request) => onPut(request, () => given.putIfAbsent(request)),
      }),
    });
  }, START_DEADLINE_MS);
  beforeEach(() => {
    onPut = PASS;
    proxy.setFault({});
  });
  afterAll(async () => {
    await worker?.stop();
    client?.destroy();
    await proxy?.close();
    await gateway?.close();
    await database?.close();
  });

  async function routingWith(lines: readonly string[], bucket = store.bucket) {
    const routing = await createTestRouting({ sql: database.sql, store: { ...store, bucket } });
    return {
      routing,
      watch: watchRouting(database.sql, routing),
      append: () => appendLines(log, routing.streamId, lines),
      delivered: () => readDeliveredLines(store, database.sql, routing.prefix),
    };
  }

  test('a reply lost after the write: the own object is found, and counts once', async () => {
    const lines = numberedLines('lost', 20);
    const { watch, append, delivered } = await routingWith(lines);
    onPut = async (_, put) => {
      onPut = PASS;
      await put();
      return { kind: 'error', httpStatus: null, code: 'ECONNRESET', message: '', requestId: null };
    };
    await append();
    await watch.untilCaughtUp();
    expect(await delivered()).toEqual([...lines].sort());
    expect(await watch.attempts()).toMatchObject([{ outcome: 'unknown' }, { http_status: 412 }]);
  });

  test.each([
    ['somebody else’s object', (): Record<string, string> => ({ by: 'them' })],
    ['our metadata on other bytes', (request: PutRequest) => ({ ...request.metadata })],
  ])('%s under our key is a conflict, and stays as it is', async (_, metadataOf) => {
    const lines = Array.from({ length: 10 }, () => randomBytes(20_000).toString('hex'));
    const { watch, append, routing } = await routingWith(lines);
    onPut = async (request, put) => {
      const { bucket: Bucket, key: Key } = request.place;
      await client.send(new PutObjectCommand({ Bucket, Key, Body: 'theirs', Metadata: metadataOf(request) }));
      return put();
    };
    await append();
    await watch.untilHealth('blocked', 'conflict');
    const keys = await store.listKeys(routing.prefix);
    expect(keys).toHaveLength(1);
    expect((await store.getObject(keys[0]!)).body.toString()).toBe('theirs');
  });

  test('a bucket that is not there blocks; made, it gets what waited', async () => {
    const bucket = `late-${randomBytes(6).toString('hex')}`;
    const { watch, append, routing } = await routingWith(numberedLines('late', 20), bucket);
    await append();
    await watch.untilHealth('blocked', 'bucket_missing');
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    await watch.letTimePass(0);
    await watch.untilCaughtUp();
    expect(await readerOf(client, bucket).listKeys(routing.prefix)).toHaveLength(1);
  });

  test('a key that is removed blocks; given back, the lane drains by itself', async () => {
    const lines = numberedLines('key', 20);
    const { watch, append, delivered } = await routingWith(lines);
    await gateway.admin('key', 'rm', '--uid=sluice', `--access-key=${gateway.accessKeyId}`, '--key-type=s3');
    await append();
    await watch.untilHealth('blocked', 'access_key_unknown');
    const key = [`--access-key=${gateway.accessKeyId}`, `--secret-key=${gateway.secretAccessKey}`];
    await gateway.admin('key', 'create', '--uid=sluice', '--key-type=s3', ...key);
    await watch.letTimePass(0);
    await watch.untilCaughtUp();
    expect(await delivered()).toEqual([...lines].sort());
  });

  test('a user who is suspended blocks; enabled, the lane drains by itself', async () => {
    const lines = numberedLines('user', 20);
    const { watch, append, delivered } = await routingWith(lines);
    await gateway.admin('user', 'suspend', '--uid=sluice');
    await append();
    await watch.untilHealth('blocked', 'account_closed');
    await gateway.admin('user', 'enable', '--uid=sluice');
    await watch.letTimePass(0);
    await watch.untilCaughtUp();
    expect(await delivered()).toEqual([...lines].sort());
  });

  test('connections cut in the middle of bodies double and lose nothing', async () => {
    const lines = Array.from({ length: 10 }, () => randomBytes(50_000).toString('hex'));
    const { watch, append, delivered } = await routingWith(lines);
    proxy.cutAll();
    proxy.setFault({ cutAfter: { direction: 'to-target', bytes: 100_000 } });
    await append();
    await watch.untilBackingOff(1);
    proxy.setFault({});
    await watch.letTimePass(0);
    await watch.untilCaughtUp();
    expect(await delivered()).toEqual([...lines].sort());
    expect((await watch.attempts())[0]).toMatchObject({ outcome: 'unknown', http_status: null });
  });

  test('a file of 32 MB arrives over half a megabyte a second, at the first try', async () => {
    const lines = Array.from({ length: 62 }, () => randomBytes(512 * 1024).toString('base64'));
    const { watch, routing, delivered } = await routingWith(lines);
    await database.sql.query('UPDATE lane SET running = false WHERE routing_id = $1', [routing.routingId]);
    await appendLines(log, routing.streamId, lines, { linesPerChunk: 2 });
    await database.sql.query('UPDATE lane SET running = true WHERE routing_id = $1', [routing.routingId]);
    proxy.setFault({ bytesPerSecond: MIB / 2 });
    await watch.untilCaughtUp(150_000);
    proxy.setFault({});
    expect(await watch.attempts()).toMatchObject([{ outcome: 'done' }]);
    const [key] = await store.listKeys(routing.prefix);
    expect((await store.getObject(key!)).body.length).toBeGreaterThan(30 * MIB);
    expect(await delivered()).toEqual([...lines].sort());
  }, 240_000);
});
