import { afterAll, afterEach, expect, test } from 'vitest';
import { enterAccess } from '@/lib/services/credential/enter-access';
import { getRouting } from '@/lib/services/routing/get';
import { patchRouting } from '@/lib/services/routing/patch';
import { createCtxFactory } from '@/lib/testing/ctx';
import { readDeliveredLines } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { createDeliverySuite } from '@/lib/testing/delivery-suite';
import { listBucketKeys, readBucketObject } from '@/lib/testing/read-bucket';
import { appendLines, createTestRouting, numberedLines, type TestRouting } from '@/lib/testing/routing';
import { waitUntil } from '@/lib/testing/wait-until';

const { database, store, log, close } = await createDeliverySuite();
const admin = await createCtxFactory(database).ctxOf('admin');
const ctx = { ...admin, allowedEndpoints: [store.endpoint] };
afterEach(() => store.control.faults.clear());
afterAll(close);

/** Checks share two processors with every other test. */
const PATIENCE_MS = 60_000;
const TEST_MS = 180_000;

const read = ({ routingId }: TestRouting) => getRouting({ ctx, input: { routingId } });

async function moveTo(routing: TestRouting, place: { bucket: string } | { prefix: string }): Promise<void> {
  const { version } = await read(routing);
  const { routingId } = routing;
  await patchRouting({ ctx, input: { routingId, patch: { version, flushIntervalMs: 5_000, ...place } } });
  // The least interval that a person may choose is long for a test.
  await database.sql.query('UPDATE routing SET flush_interval_ms = 100 WHERE id = $1', [routingId]);
}

async function giveKeys(routing: TestRouting, keys: { accessKeyId: string; secretAccessKey: string }) {
  const { version } = await read(routing);
  await enterAccess({ ctx, input: { routingId: routing.routingId, version, ...keys } });
}

async function statesOf({ routingId }: TestRouting): Promise<string[]> {
  const versions = await database.db.destination.findMany({
    where: { routingId },
    orderBy: { version: 'asc' },
  });
  return versions.map(({ version, adoptedAt, droppedAt }) => {
    if (droppedAt !== null) return `${version} dropped`;
    return adoptedAt === null ? `${version} candidate` : `${version} adopted`;
  });
}

const untilInUse = (routing: TestRouting, version: number) =>
  waitUntil(
    `version ${version} is in use`,
    async () => (await read(routing)).destination.version === version,
    PATIENCE_MS,
  );

const untilFailed = ({ routingId }: TestRouting, destinationVersion: number) =>
  waitUntil(
    `the check of version ${destinationVersion} has failed`,
    async () =>
      (await database.db.accessCheck.count({ where: { routingId, destinationVersion, state: 'failed' } })) >
      0,
    PATIENCE_MS,
  );

const denyBelow = (prefix: string) =>
  store.control.faults.add({
    match: { operation: 'PutObject', prefix },
    effect: { kind: 'answer', status: 403, code: 'AccessDenied' },
    times: null,
  });

const linesBelow = (prefix: string) => readDeliveredLines(store, database.sql, prefix);

test(
  'a change of place that is refused changes nothing; once it is allowed it is adopted by itself, and every line lies in one place once',
  async () => {
    const routing = await createTestRouting({ sql: database.sql, store });
    const watch = watchRouting(database.sql, routing);
    const lines = numberedLines('moved', 30);
    const next = `next-${routing.prefix}`;
    await appendLines(log, routing.streamId, lines.slice(0, 10));
    await watch.untilCaughtUp(PATIENCE_MS);

    denyBelow(next);
    await moveTo(routing, { prefix: next });
    await untilFailed(routing, 2);
    await appendLines(log, routing.streamId, lines.slice(10, 20));
    await watch.untilCaughtUp(PATIENCE_MS);
    expect(await linesBelow(routing.prefix)).toEqual(lines.slice(0, 20).sort());
    expect(await statesOf(routing)).toEqual(['1 adopted', '2 candidate']);

    store.control.faults.clear();
    await untilInUse(routing, 2);
    await appendLines(log, routing.streamId, lines.slice(20));
    await watch.untilCaughtUp(PATIENCE_MS);
    expect(await linesBelow(routing.prefix)).toEqual(lines.slice(0, 20).sort());
    expect(await linesBelow(next)).toEqual(lines.slice(20).sort());
    expect(await watch.routing()).toMatchObject({ lifecycle: 'active', health: 'healthy' });
  },
  TEST_MS,
);

test(
  'a change of bucket under load loses and doubles nothing: what came before its adoption lies in the old one, what comes later in the new one',
  async () => {
    const routing = await createTestRouting({ sql: database.sql, store });
    const watch = watchRouting(database.sql, routing);
    const { client } = store;
    const bucket = `moved-${routing.routingId.slice(0, 8)}`;
    await store.control.createBucket({ name: bucket });
    const elsewhere = {
      listKeys: (prefix = '') => listBucketKeys(client, bucket, prefix),
      getObject: (key: string) => readBucketObject(client, bucket, key),
    };
    const lines = numberedLines('load', 200);
    let sent = 0;
    const send = async () => {
      await appendLines(log, routing.streamId, lines.slice(sent, sent + 2));
      sent += 2;
    };
    await send();
    await moveTo(routing, { bucket });
    await waitUntil(
      'the bucket has changed while events went on coming',
      async () => {
        if (sent < lines.length - 2) await send();
        return (await read(routing)).destination.version === 2;
      },
      PATIENCE_MS,
    );
    const sentBefore = sent;
    await appendLines(log, routing.streamId, lines.slice(sent));
    await watch.untilCaughtUp(PATIENCE_MS);
    const [old, fresh] = [
      await linesBelow(routing.prefix),
      await readDeliveredLines(elsewhere, database.sql, routing.prefix),
    ];
    expect([...old, ...fresh].sort()).toEqual([...lines].sort());
    expect(old).toEqual(expect.arrayContaining(lines.slice(0, 2)));
    expect(fresh).toEqual(expect.arrayContaining(lines.slice(sentBefore)));
  },
  TEST_MS,
);

test(
  'of two changes only the newer one is ever used, and the first is dropped',
  async () => {
    const routing = await createTestRouting({ sql: database.sql, store });
    const [first, second] = [`first-${routing.prefix}`, `second-${routing.prefix}`];
    const watch = watchRouting(database.sql, routing);
    denyBelow(first);
    await moveTo(routing, { prefix: first });
    await moveTo(routing, { prefix: second });
    await untilInUse(routing, 3);
    expect(await statesOf(routing)).toEqual(['1 adopted', '2 dropped', '3 adopted']);
    const lines = numberedLines('second', 5);
    await appendLines(log, routing.streamId, lines);
    await watch.untilCaughtUp(PATIENCE_MS);
    expect(await linesBelow(second)).toEqual([...lines].sort());
    expect(await linesBelow(first)).toEqual([]);
  },
  TEST_MS,
);

test(
  'keys that were marked as compromised are not adopted, though their check has passed',
  async () => {
    const routing = await createTestRouting({ sql: database.sql, store });
    const { routingId } = routing;
    const [leaked, fresh] = [await store.control.createKey(), await store.control.createKey()];
    denyBelow(`${routing.prefix}_sluice`);
    await giveKeys(routing, leaked);
    await database.sql.query(
      'UPDATE credential SET compromised_at = now() WHERE routing_id = $1 AND version = 2',
      [routingId],
    );
    store.control.faults.clear();
    await waitUntil(
      'the check has passed',
      () =>
        database.db.accessCheck.findFirst({ where: { routingId, destinationVersion: 2, state: 'passed' } }),
      PATIENCE_MS,
    );
    expect(await statesOf(routing)).toEqual(['1 adopted', '2 candidate']);
    await giveKeys(routing, fresh);
    await untilInUse(routing, 3);
    expect(await statesOf(routing)).toEqual(['1 adopted', '2 dropped', '3 adopted']);
  },
  TEST_MS,
);
