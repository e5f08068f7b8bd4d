import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CheckStep } from '@/lib/domain/access-check/step';
import type { AccessCheckView } from '@/lib/domain/access-check/view';
import { keepTryingAccessCheck } from '@/lib/services/access-check/keep-trying';
import { retestAccessCheckRow } from '@/lib/services/access-check/retest';
import { type CheckBench, createCheckBench } from '@/lib/testing/access-check';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';

const ACCOUNT = '123456789012';

let database: TestDatabase;
let store: TestObjectStore;
let bench: CheckBench;
let key: { accessKeyId: string; secretAccessKey: string };

beforeAll(async () => {
  database = await createTestDatabase({ connectionsMax: 10 });
  store = await startTestObjectStore();
  bench = createCheckBench(database, {
    identify: async (_, { credential: { accessKeyId } }) => ({
      kind: 'ok',
      value: { accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/${accessKeyId}` },
      requestId: 'sts-1',
      httpStatus: 200,
    }),
  });
});
afterAll(async () => {
  bench.close();
  await store.close();
  await database.close();
});
beforeEach(async () => {
  store.control.faults.clear();
  key = await store.control.createKey();
});

function row(view: AccessCheckView, step: CheckStep) {
  const found = view.rows.find((one) => one.step === step);
  if (found === undefined) throw new Error(`The check has no row ${step}`);
  return found;
}

const states = (view: AccessCheckView) =>
  Object.fromEntries(view.rows.map(({ step, state }) => [step, state]));

async function lifecycleOf({ routingId }: { routingId: string }) {
  return database.db.routing.findUniqueOrThrow({ where: { id: routingId }, select: { lifecycle: true } });
}

describe('a check', () => {
  test('with the least grant passes every row, proves the owner, and leaves nothing behind', async () => {
    const prefix = 'least/';
    const files = { actions: ['s3:PutObject', 's3:GetObject'], bucket: store.bucket };
    const least = await store.control.createKey({
      grants: [
        { ...files, prefix: `${prefix}type=` },
        { ...files, prefix: `${prefix}_sluice/` },
        { actions: ['s3:DeleteObject'], bucket: store.bucket, prefix: `${prefix}_sluice/` },
        { actions: ['s3:ListBucket'], bucket: store.bucket, prefix },
        {
          actions: [
            's3:GetBucketPublicAccessBlock',
            's3:GetBucketOwnershipControls',
            's3:GetBucketVersioning',
            's3:GetBucketObjectLockConfiguration',
          ],
          bucket: store.bucket,
        },
      ],
    });
    const routing = await bench.makeRouting({ ...store, ...least }, { prefix });
    const view = await bench.check(routing);
    expect(Object.values(states(view)), JSON.stringify(view.rows, null, 1)).toEqual(
      view.rows.map(() => 'passed'),
    );
    expect(view).toMatchObject({
      state: 'passed',
      ownerAccountId: ACCOUNT,
      requiredPassed: view.requiredTotal,
    });
    expect(view.identity).toMatchObject({ accountId: ACCOUNT });
    expect(row(view, 'write')).toMatchObject({ tries: 1, requestId: expect.stringMatching(/./) });
    expect(row(view, 'write').elapsedMs).toBeGreaterThanOrEqual(0);
    expect(await store.listKeys(prefix)).toEqual([]);
    expect(await lifecycleOf(routing)).toEqual({ lifecycle: 'verified' });
    const destination = await database.db.destination.findFirstOrThrow({
      where: { routingId: routing.routingId },
    });
    expect(destination).toMatchObject({ ownerAccountId: ACCOUNT, verifiedAt: expect.any(Date) });
  });

  test('writes under _sluice/ and nowhere else, and never overwrites', async () => {
    const routing = await bench.makeRouting({ ...store, ...key }, { prefix: 'only/here/' });
    await bench.check(routing);
    const puts = store.control.seenRequests.list({ operation: 'PutObject', accessKeyId: key.accessKeyId });
    const written = puts.filter(({ status }) => status === 200).map((put) => put.key);
    expect(written.length).toBeGreaterThan(0);
    expect(new Set(written).size).toBe(written.length);
    for (const { key: at } of puts) expect(at).toMatch(/^only\/here\/_sluice\/check\//);
  });

  test('that fails says what is missing; once it is granted, it turns green by itself', async () => {
    const kmsKeyArn = `arn:aws:kms:${store.region}:${ACCOUNT}:key/7d2c0000-0000-0000-0000-000000000001`;
    const denied = { action: 'kms:GenerateDataKey', accessKeyId: key.accessKeyId, by: 'resource' } as const;
    const { denialId } = await store.control.deny(denied);
    const routing = await bench.makeRouting({ ...store, ...key }, { kmsKeyArn });
    const failed = await bench.check(routing);
    expect(row(failed, 'write')).toMatchObject({
      state: 'failed',
      cause: 'kms_key_policy',
      whoseMove: 'customer',
    });
    expect(row(failed, 'write').fix?.text).toContain('kms:GenerateDataKey');
    expect(row(failed, 'read').state).toBe('skipped');
    expect(failed).toMatchObject({ state: 'failed', retries: null });
    expect(await lifecycleOf(routing)).toEqual({ lifecycle: 'verification_failed' });

    await database.db.$transaction((tx) =>
      keepTryingAccessCheck(tx, { routingId: routing.routingId, checkId: failed.id }),
    );
    expect((await bench.read(routing)).retries).toMatchObject({ everySeconds: 10 });
    expect(row(await bench.again(routing), 'write').tries).toBe(1);
    await dueNow(failed.id);
    const still = await bench.again(routing);
    expect(row(still, 'write')).toMatchObject({ state: 'failed', tries: 2 });
    expect(still.retries).not.toBeNull();
    expect(await lifecycleOf(routing)).toEqual({ lifecycle: 'verification_failed' });

    await store.control.allow({ denialId });
    await dueNow(failed.id);
    const green = await bench.again(routing);
    expect(green).toMatchObject({ state: 'passed', retries: null });
    expect(row(green, 'credentials').tries).toBe(1);
    expect(await lifecycleOf(routing)).toEqual({ lifecycle: 'verified' });
    const history = await database.db.routingTransition.findMany({
      where: { routingId: routing.routingId },
      orderBy: { id: 'asc' },
    });
    expect(history.map(({ toLabel }) => toLabel)).toEqual(['verifying', 'verification_failed', 'verified']);
  });

  test('tries one row again when somebody asks, and what waited for it', async () => {
    const denial = { action: 's3:GetObject', accessKeyId: key.accessKeyId } as const;
    const { denialId } = await store.control.deny(denial);
    const routing = await bench.makeRouting({ ...store, ...key });
    const failed = await bench.check(routing);
    expect(row(failed, 'read')).toMatchObject({ state: 'failed', cause: 'read_not_granted' });
    await store.control.allow({ denialId });
    await database.db.$transaction((tx) =>
      retestAccessCheckRow(tx, { routingId: routing.routingId, checkId: failed.id, step: 'read' }),
    );
    const view = await bench.again(routing);
    expect(view.state).toBe('passed');
    expect(row(view, 'credentials').tries).toBe(1);
  });

  test('of a routing that runs leaves its lifecycle alone', async () => {
    const routing = await bench.makeRouting({ ...store, ...key });
    await database.sql.query(`UPDATE routing SET lifecycle = 'active' WHERE id = $1`, [routing.routingId]);
    await store.control.revokeKey(key);
    expect((await bench.check(routing)).state).toBe('failed');
    expect(await lifecycleOf(routing)).toEqual({ lifecycle: 'active' });
  });

  test('has one runner: of two that take it up at once, one does', async () => {
    const routing = await bench.makeRouting({ ...store, ...key });
    const first = bench.check(routing);
    const view = await first;
    expect(view.rows.every(({ tries }) => tries <= 1)).toBe(true);
    await database.db.$transaction((tx) =>
      retestAccessCheckRow(tx, { routingId: routing.routingId, checkId: view.id, step: 'list' }),
    );
    await Promise.all([bench.again(routing), bench.again(routing), bench.again(routing)]);
    expect(row(await bench.read(routing), 'list').tries).toBe(2);
  });

  test('that passes keeps the place for its routing: the next one that proves it is refused, without its name', async () => {
    const first = await bench.makeRouting({ ...store, ...key }, { prefix: 'kept/' });
    expect((await bench.check(first)).state).toBe('passed');
    const second = await bench.makeRouting({ ...store, ...key }, { prefix: 'kept/' });
    const view = await bench.check(second);
    expect(view.state).toBe('failed');
    expect(row(view, 'place')).toMatchObject({ state: 'failed', cause: 'place_taken', whoseMove: 'us' });
    expect(row(view, 'place').sentence).toBe(
      'This bucket and prefix cannot be used. Choose another prefix, or talk to us.',
    );
    expect(row(view, 'clean_up').state).toBe('passed');
  });

  test('that loses its place at the last moment fails; once the place is free, it passes', async () => {
    const loser = await bench.makeRouting({ ...store, ...key }, { prefix: 'raced/' });
    const winner = await bench.makeRouting({ ...store, ...key }, { prefix: 'raced/' });
    const place = { endpoint: store.endpoint, bucket: store.bucket, prefix: 'raced/' };
    const last = 'clean_up';
    const remove: typeof bench.deps.store.remove = async (...asked) => {
      const { organizationId, routingId } = winner;
      await database.db.placeReservation.createMany({
        data: [{ ...place, organizationId, routingId }],
        skipDuplicates: true,
      });
      return bench.deps.store.remove(...asked);
    };
    const raced = createCheckBench(database, {
      ...bench.deps,
      store: { ...bench.deps.store, remove },
    });
    const view = await raced.check(loser);
    raced.close();
    expect(row(view, last).state).toBe('passed');
    expect(row(view, 'place')).toMatchObject({ state: 'failed', cause: 'place_taken' });
    expect(view.state).toBe('failed');
    const destination = await database.db.destination.findFirstOrThrow({
      where: { routingId: loser.routingId },
    });
    expect(destination.verifiedAt).toBeNull();
    await database.db.placeReservation.deleteMany({ where: { routingId: winner.routingId } });
    await database.db.$transaction((tx) =>
      retestAccessCheckRow(tx, { routingId: loser.routingId, checkId: view.id, step: 'place' }),
    );
    expect((await bench.again(loser)).state).toBe('passed');
  });

  test('keeps secrets out of what it stores', async () => {
    const routing = await bench.makeRouting({ ...store, ...key, secretAccessKey: `${key.secretAccessKey}x` });
    const view = await bench.check(routing);
    expect(JSON.stringify(view)).not.toContain(key.secretAccessKey);
    expect(JSON.stringify(await database.db.accessCheckRow.findMany())).not.toContain(key.secretAccessKey);
  });
});

async function dueNow(checkId: string): Promise<void> {
  await database.sql.query('UPDATE access_check SET next_try_at = clock_timestamp() WHERE id = $1', [
    checkId,
  ]);
}
