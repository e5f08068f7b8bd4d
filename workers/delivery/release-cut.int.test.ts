import { afterAll, afterEach, expect, test } from 'vitest';
import { listFiles } from '@/lib/services/file/list';
import { getRouting } from '@/lib/services/routing/get';
import { updateRouting } from '@/lib/services/routing/update';
import { adoptNewest } from '@/lib/testing/adopt-newest';
import { createCtxFactory } from '@/lib/testing/ctx';
import { isBesideDelivery, readDeliveredLines } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { createDeliverySuite } from '@/lib/testing/delivery-suite';
import { linesNamed, namedEventLines } from '@/lib/testing/event-lines';
import { appendLines, createTestRouting, numberedLines, type TestRouting } from '@/lib/testing/routing';

const { database, store, log, close } = await createDeliverySuite({ workers: 2 });
const admin = await createCtxFactory(database).ctxOf('admin');
const ctx = { ...admin, allowedEndpoints: [store.endpoint] };
afterEach(() => {
  store.control.faults.clear();
});
afterAll(close);

/** What a person does in the form who corrects where the files go. */
async function correct(
  { routingId }: TestRouting,
  change: { bucket?: string; prefix?: string },
): Promise<void> {
  const routing = await getRouting({ ctx, input: { routingId } });
  const { name, version, promiseSeconds, destination } = routing;
  const dataTypes = [...routing.dataTypes];
  const { endpoint, bucket, region, prefix } = destination;
  const place = { endpoint, bucket, region, prefix, kmsKeyArn: '', ...change };
  const input = { routingId, version, name, dataTypes, promiseSeconds, flushIntervalMs: 5_000, ...place };
  await updateRouting({ ctx, input });
  await adoptNewest(database.sql, routingId);
  await database.sql.query('UPDATE routing SET flush_interval_ms = 100 WHERE id = $1', [routingId]);
}

const filesBelow = async (prefix: string) =>
  (await store.listKeys(prefix)).filter((key) => !isBesideDelivery(key));

async function releasesOf({ routingId }: TestRouting): Promise<number> {
  const { rows } = await database.sql.query(
    `SELECT 1 FROM audit_event WHERE target = $1 AND action = 'routing.release_cut'`,
    [`routing:${routingId}`],
  );
  return rows.length;
}

test('a wrong bucket blocks; with the right one everything lands there once, what came meanwhile included', async () => {
  const { sql } = database;
  const routing = await createTestRouting({ sql, store: { ...store, bucket: 'typo-bucket-aaa' } });
  const watch = watchRouting(sql, routing);
  const lines = numberedLines('bucket', 60);
  await appendLines(log, routing.streamId, lines.slice(0, 20));
  await watch.untilHealth('blocked', 'bucket_missing');
  await appendLines(log, routing.streamId, lines.slice(20, 40));
  await correct(routing, { bucket: store.bucket });
  await appendLines(log, routing.streamId, lines.slice(40));
  await watch.untilCaughtUp();
  await watch.untilHealth('healthy', null);
  await watch.untilLifecycle('active');
  expect(await readDeliveredLines(store, sql, routing.prefix)).toEqual([...lines].sort());
  expect(await releasesOf(routing)).toBe(1);
  const { files } = await listFiles({ ctx, input: { routingId: routing.routingId } });
  expect(files.map((file) => file.key).sort()).toEqual((await filesBelow(routing.prefix)).sort());
  expect(new Set(files.map((file) => file.bucket))).toEqual(new Set([store.bucket]));
});

test('a filtered cut that moves keeps its filter, though the same edit takes the filter away', async () => {
  const { sql } = database;
  const eventNames = ['SlotClicked'];
  const wrong = { ...store, bucket: 'typo-bucket-bbb' };
  const routing = await createTestRouting({ sql, store: wrong, eventNames });
  const watch = watchRouting(sql, routing);
  const before = namedEventLines(['Pageview', 'SlotClicked'], 20);
  await appendLines(log, routing.streamId, before);
  await watch.untilHealth('blocked', 'bucket_missing');
  await correct(routing, { bucket: store.bucket });
  const after = namedEventLines(['Pageview', 'SlotClicked'], 20);
  await appendLines(log, routing.streamId, after);
  await watch.untilCaughtUp();
  expect(await releasesOf(routing)).toBe(1);
  expect(await readDeliveredLines(store, sql, routing.prefix)).toEqual(
    [...linesNamed(before, eventNames), ...after].sort(),
  );
});

test('a prefix that the key may not write to blocks; with another everything lands under that, once', async () => {
  const { sql } = database;
  const routing = await createTestRouting({ sql, store, prefix: 'forbidden/' });
  const watch = watchRouting(sql, routing);
  const answer = { kind: 'answer', status: 403, code: 'AccessDenied' } as const;
  store.control.faults.add({
    match: { operation: 'PutObject', prefix: 'forbidden/' },
    effect: answer,
    times: null,
  });
  const lines = numberedLines('prefix', 40);
  await appendLines(log, routing.streamId, lines.slice(0, 20));
  await watch.untilHealth('failing', 'access_denied_unconfirmed');
  await correct(routing, { prefix: 'permitted/' });
  await appendLines(log, routing.streamId, lines.slice(20));
  await watch.untilCaughtUp();
  await watch.untilHealth('healthy', null);
  expect(await readDeliveredLines(store, sql, 'permitted/')).toEqual([...lines].sort());
  expect(await filesBelow('forbidden/')).toEqual([]);
});

test('a place that was wrong twice is left twice', async () => {
  const { sql } = database;
  const routing = await createTestRouting({ sql, store: { ...store, bucket: 'typo-bucket-one' } });
  const watch = watchRouting(sql, routing);
  const lines = numberedLines('twice', 20);
  await appendLines(log, routing.streamId, lines);
  await watch.untilHealth('blocked', 'bucket_missing');
  await correct(routing, { bucket: 'typo-bucket-two' });
  await watch.untilBackingOff(1);
  await correct(routing, { bucket: store.bucket });
  await watch.untilCaughtUp();
  expect(await readDeliveredLines(store, sql, routing.prefix)).toEqual([...lines].sort());
  expect(await releasesOf(routing)).toBe(2);
});

test('a file that may exist at the old place stays there, however often the place is corrected', async () => {
  const { sql } = database;
  const routing = await createTestRouting({ sql, store, prefix: 'doubtful/' });
  const watch = watchRouting(sql, routing);
  const match = { operation: 'PutObject' as const, prefix: 'doubtful/' };
  store.control.faults.add({ match, effect: { kind: 'drop', applied: true }, times: 1 });
  const denied = { kind: 'answer', status: 403, code: 'AccessDenied' } as const;
  store.control.faults.add({ match, effect: denied, times: null });
  const lines = numberedLines('doubt', 20);
  await appendLines(log, routing.streamId, lines);
  await watch.untilBackingOff(2);
  await correct(routing, { prefix: 'elsewhere/' });
  await watch.untilBackingOff(1);
  expect(await releasesOf(routing)).toBe(0);
  expect(await filesBelow('elsewhere/')).toEqual([]);
  expect((await watch.attempts()).map(({ outcome }) => outcome)).toContain('unknown');
  store.control.faults.clear();
  await watch.letTimePass(0);
  await watch.untilCaughtUp();
  expect(await readDeliveredLines(store, sql, 'doubtful/')).toEqual([...lines].sort());
  expect(await filesBelow('elsewhere/')).toEqual([]);
});
