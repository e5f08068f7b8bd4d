import { randomBytes, randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { DeleteBucketCommand, GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { FaultInput } from '@/dev/s3-stand-in/control/faults';
import type { ObjectAccess, PutRequest } from '@/lib/platform/object-store/object-store';
import { createS3ObjectStore } from '@/lib/platform/object-store/s3-object-store';
import { readDeliveredLines } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { createDeliverySuite } from '@/lib/testing/delivery-suite';
import { plainS3Client } from '@/lib/testing/object-store';
import {
  appendLines,
  createDestinationVersion,
  createTestRouting,
  numberedLines,
  type TestRoutingOptions,
} from '@/lib/testing/routing';

const { database, store, log, close } = await createDeliverySuite();
afterEach(() => {
  store.control.faults.clear();
});
afterAll(close);

/** A routing into a bucket of its own. */
async function routingIn(bucket: string, options: Partial<TestRoutingOptions> = {}) {
  const lines = numberedLines(bucket, 20);
  const routing = await createTestRouting({ sql: database.sql, store: { ...store, bucket }, ...options });
  return { routing, lines, watch: watchRouting(database.sql, routing) };
}

async function linesIn(bucket: string, region = store.region): Promise<string[]> {
  const client = plainS3Client({ ...store, region });
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
  const lines: string[] = [];
  for (const { Key } of Contents) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
    const text = gunzipSync(await Body!.transformToByteArray()).toString();
    lines.push(...text.split('\n').slice(0, -1));
  }
  client.destroy();
  return lines.sort();
}

const newBucket = () => `own-${randomBytes(6).toString('hex')}`;

describe('the place itself', () => {
  test('a bucket that was deleted blocks; made again, it gets everything that waited, once', async () => {
    const bucket = newBucket();
    await store.control.createBucket({ name: bucket });
    await store.client.send(new DeleteBucketCommand({ Bucket: bucket }));
    const { routing, lines, watch } = await routingIn(bucket);
    await appendLines(log, routing.streamId, lines);
    await watch.untilHealth('blocked', 'bucket_missing');
    expect(await watch.lane()).toMatchObject({ done: 0, held_cause: null });
    await store.control.createBucket({ name: bucket });
    await watch.letTimePass(0);
    await watch.untilCaughtUp();
    expect(await linesIn(bucket)).toEqual([...lines].sort());
  });

  test('a bucket in another region blocks and is not followed there; corrected, the same file is delivered', async () => {
    const name = newBucket();
    await store.control.createBucket({ name, region: 'eu-north-1' });
    const { routing, lines, watch } = await routingIn(name);
    await appendLines(log, routing.streamId, lines);
    await watch.untilHealth('blocked', 'region_wrong');
    const { sql } = database;
    const { tenant, routingId, prefix } = routing;
    const corrected = { ...store, bucket: name, region: 'eu-north-1' };
    await createDestinationVersion({ sql, store: corrected, tenant, routingId, prefix, version: 2 });
    await watch.letTimePass(0);
    await watch.untilCaughtUp();
    expect(await linesIn(name, 'eu-north-1')).toEqual([...lines].sort());
    expect(await watch.attempts()).toMatchObject([
      { code: 'AuthorizationHeaderMalformed', outcome: 'refused' },
      { outcome: 'done' },
    ]);
  });

  test('a KMS key that is disabled blocks; enabled, the lane drains by itself', async () => {
    const kmsKeyArn = `arn:aws:kms:${store.region}:123456789012:key/${randomUUID()}`;
    await store.control.setKmsKey({ kmsKeyId: kmsKeyArn, disabled: true });
    const { routing, lines, watch } = await routingIn(store.bucket, { kmsKeyArn });
    await appendLines(log, routing.streamId, lines);
    await watch.untilHealth('blocked', 'kms_key_disabled');
    await store.control.setKmsKey({ kmsKeyId: kmsKeyArn, disabled: false });
    await watch.letTimePass(0);
    await watch.untilCaughtUp();
    expect(await readDeliveredLines(store, database.sql, routing.prefix)).toEqual([...lines].sort());
  });
});

describe('a store that ignores If-None-Match', () => {
  test('gets the same file again under the same key, so every line is still there once', async () => {
    const { routing, lines, watch } = await routingIn(store.bucket);
    const match = { operation: 'PutObject' as const, prefix: routing.prefix };
    store.control.faults.add({ match, effect: { kind: 'drop', applied: true } });
    store.control.faults.add({ match, effect: { kind: 'ignore-condition' } });
    await appendLines(log, routing.streamId, lines);
    await watch.untilCaughtUp();
    expect(await watch.attempts()).toMatchObject([{ outcome: 'unknown' }, { outcome: 'done' }]);
    expect(await readDeliveredLines(store, database.sql, routing.prefix)).toEqual([...lines].sort());
    expect(await store.listKeys(routing.prefix)).toHaveLength(1);
  });
});

describe('calls that never return', () => {
  const CALLS = 80;

  function requestOf(key: string, deadlineMs: number): PutRequest {
    const credential = { accessKeyId: store.accessKeyId, secretAccessKey: store.secretAccessKey };
    const access = { region: store.region, kmsKeyArn: null, credential } as unknown as ObjectAccess;
    const place = { endpoint: store.endpoint, bucket: store.bucket, key };
    return { place, access, body: Buffer.from('x'), crc32: 0x8cdc1683, metadata: {}, deadlineMs };
  }

  test('end at their deadline, more of them than there are sockets, and keep none', async () => {
    const s3 = createS3ObjectStore();
    const match = { prefix: 'hang/' };
    store.control.faults.add({ match, effect: { kind: 'hang', applied: false }, times: null });
    const requests = Array.from({ length: CALLS }, (_, call) => requestOf(`hang/${call}`, 500));
    const puts = await Promise.all(requests.map((request) => s3.putIfAbsent(request)));
    expect(new Set(puts.map((answer) => answer.kind === 'error' && answer.code))).toEqual(
      new Set(['TimeoutError']),
    );
    const heads = await Promise.all(requests.map(({ place, access }) => s3.head(place, access, 500)));
    expect(heads.every((answer) => answer.kind === 'error' && answer.code === 'TimeoutError')).toBe(true);
    // All sockets are free again: as many calls at once are answered.
    const after = await Promise.all(
      requests.map((_, call) => s3.putIfAbsent(requestOf(`after/${call}`, 20_000))),
    );
    expect(after.filter(({ kind }) => kind === 'ok')).toHaveLength(CALLS);
    s3.close();
  });
});

describe('a store whose word on conditions nobody has proven', () => {
  const ignoring = (effect: FaultInput['effect'], times: number | null = null) =>
    store.control.faults.add({ match: { operation: 'PutObject' }, times, effect });

  async function unproven() {
    const bucket = newBucket();
    await store.control.createBucket({ name: bucket });
    const made = await routingIn(bucket, { isUnproven: true });
    return { ...made, bucket };
  }

  test('that takes a second file under a taken key gets none: the lane is held, and goes on once it refuses', async () => {
    const { routing, lines, watch, bucket } = await unproven();
    ignoring({ kind: 'ignore-condition' });
    await appendLines(log, routing.streamId, lines);
    await watch.untilHealth('blocked', 'condition_ignored');
    expect(await watch.lane()).toMatchObject({ done: 0, held_cause: 'condition_ignored' });
    expect(await watch.attempts()).toMatchObject([{ outcome: 'refused', http_status: 200 }]);
    expect(await linesIn(bucket)).toEqual([]);
    store.control.faults.clear();
    await database.sql.query('UPDATE lane SET held_cause = NULL WHERE routing_id = $1', [routing.routingId]);
    await watch.untilCaughtUp();
    expect(await linesIn(bucket)).toEqual([...lines].sort());
  });

  test('is asked once, before its first file, and keeps nothing of it', async () => {
    const { routing, lines, watch, bucket } = await unproven();
    const seen = ignoring({ kind: 'slow', bytesPerSecond: 10_000_000 });
    await appendLines(log, routing.streamId, lines);
    await watch.untilCaughtUp();
    await appendLines(log, routing.streamId, numberedLines('more', 5));
    await watch.untilCaughtUp();
    expect(await watch.attempts()).toMatchObject([{ outcome: 'done' }, { outcome: 'done' }]);
    const hits = store.control.faults.list().find(({ faultId }) => faultId === seen.faultId)?.hits;
    expect(hits).toBe(4);
    expect((await linesIn(bucket)).length).toBe(lines.length + 5);
  });

  test('that refuses the question refuses the file: the same cause, and nothing of it may exist', async () => {
    const { routing, lines, watch } = await unproven();
    ignoring({ kind: 'answer', status: 403, code: 'InvalidAccessKeyId' }, 1);
    await appendLines(log, routing.streamId, lines);
    await watch.untilHealth('blocked', 'access_key_unknown');
    expect(await watch.attempts()).toMatchObject([{ outcome: 'refused', code: 'InvalidAccessKeyId' }]);
    await watch.letTimePass(0);
    await watch.untilCaughtUp();
  });
});
