import { gunzipSync } from 'node:zlib';
import { afterAll, expect, test, vi } from 'vitest';
import type { ReplayView } from '@/lib/domain/replay/view';
import { lookBeforeReplay } from '@/lib/services/replay/look';
import { readReplay } from '@/lib/services/replay/read';
import { startReplay } from '@/lib/services/replay/start';
import { createCtxFactory } from '@/lib/testing/ctx';
import { readDeliveredLines } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { createDeliverySuite } from '@/lib/testing/delivery-suite';
import { deliverFiles, theseHours, untilReplayed } from '@/lib/testing/replayed';
import { createTestRouting, numberedLines, type TestRouting } from '@/lib/testing/routing';

// Each of these waits for several deliveries; a busy machine takes its time.
vi.setConfig({ testTimeout: 180_000 });

const { database, store, log, close } = await createDeliverySuite();
const ctx = await createCtxFactory(database).ctxOf('ops');
afterAll(close);

interface Delivered {
  readonly routing: TestRouting;
  readonly keys: readonly string[];
  readonly lines: readonly string[];
}

async function delivered(files: number): Promise<Delivered> {
  const { sql } = database;
  const routing = await createTestRouting({ sql, store });
  const keys = await deliverFiles({ sql, log }, routing, files);
  return { routing, keys, lines: numberedLines('r', files * 10).sort() };
}

function range({ routingId }: TestRouting, mode: 'fill' | 'copy' = 'fill') {
  return { routingId, types: ['events' as const], mode, ...theseHours() };
}

function replay(routing: TestRouting, mode: 'fill' | 'copy' = 'fill'): Promise<ReplayView> {
  return startReplay({ ctx, input: range(routing, mode) });
}

function allOf(keys: readonly string[]) {
  return Promise.all(keys.map((key) => store.getObject(key)));
}

function putsOf(key: string): number {
  return store.control.seenRequests.list({ operation: 'PutObject', key }).length;
}

test('a dry run writes nothing and says what is missing; the replay restores just that, byte for byte', async () => {
  const { routing, keys, lines } = await delivered(3);
  const before = await allOf(keys);
  await store.deleteObject(keys[1]!);
  const dry = await lookBeforeReplay({ ctx, input: range(routing) });
  expect(dry.plan).toMatchObject({ files: 3, rows: 30, notKept: { files: 0 }, worksFrom: null });
  const look = await untilReplayed(ctx, dry.look!);
  expect(look.counts).toMatchObject({ present: 2, missing: 1, restored: 0 });
  expect(await store.listKeys(routing.prefix)).toHaveLength(2);

  const done = await untilReplayed(ctx, await replay(routing));
  expect(done.counts).toMatchObject({ present: 2, restored: 1, pending: 0 });
  const after = await allOf(keys);
  expect(after.map(({ body }) => body)).toEqual(before.map(({ body }) => body));
  expect(after.map(({ metadata }) => metadata)).toEqual(before.map(({ metadata }) => metadata));
  expect(await readDeliveredLines(store, database.sql, routing.prefix)).toEqual(lines);
  // What is there is looked at, not sent again.
  expect(keys.map(putsOf)).toEqual([1, 2, 1]);

  const again = await untilReplayed(ctx, await replay(routing));
  expect(again.counts).toMatchObject({ present: 3, restored: 0 });
  expect(await readDeliveredLines(store, database.sql, routing.prefix)).toEqual(lines);
});

test('a stranger’s object under one of our keys is recorded as a conflict and left alone', async () => {
  const { routing, keys } = await delivered(2);
  await store.deleteObject(keys[0]!);
  await store.control.putForeignObject({ bucket: store.bucket, key: keys[0]! });
  const done = await untilReplayed(ctx, await replay(routing));
  expect(done.counts).toMatchObject({ conflict: 1, present: 1 });
  expect((await store.getObject(keys[0]!)).body.toString()).toBe('written by somebody else');
  const { files } = await readReplay({
    ctx,
    input: { routingId: routing.routingId, replayId: done.id, state: 'conflict' },
  });
  expect(files.map(({ key, cause }) => [key, cause])).toEqual([[keys[0], 'conflict']]);
  const { held_cause } = await watchRouting(database.sql, routing).lane();
  expect(held_cause).toBeNull();
});

test('a stranger who comes between the look and the PUT is not overwritten either', async () => {
  const { routing, keys } = await delivered(1);
  await store.deleteObject(keys[0]!);
  store.control.faults.add({
    match: { operation: 'PutObject', prefix: routing.prefix },
    effect: { kind: 'foreign-object' },
  });
  const done = await untilReplayed(ctx, await replay(routing));
  expect(done.counts).toMatchObject({ conflict: 1, restored: 0 });
});

test('a copy is every file of the range in its own folder, with ids of its own and the same lines', async () => {
  const { routing, keys, lines } = await delivered(3);
  const first = await untilReplayed(ctx, await replay(routing, 'copy'));
  expect(first.place).toEqual({ bucket: store.bucket, prefix: `${routing.prefix}_replay/${first.id}/` });
  expect(first.counts.copied).toBe(3);
  const copies = await store.listKeys(first.place!.prefix);
  const usual = keys.map((key) => key.slice(routing.prefix.length)).sort();
  expect(copies.map((key) => key.slice(first.place!.prefix.length)).sort()).toEqual(usual);
  const objects = await allOf(copies);
  const read = objects.flatMap(({ body }) => gunzipSync(body).toString().split('\n').slice(0, -1));
  expect(read.sort()).toEqual(lines);
  const ids = new Set([...objects, ...(await allOf(keys))].map(({ metadata }) => metadata['sluice-file']));
  expect(ids.size).toBe(6);

  const second = await untilReplayed(ctx, await replay(routing, 'copy'));
  expect(second.counts.copied).toBe(3);
  expect(await store.listKeys(routing.prefix)).toHaveLength(9);
});

test('what retention has removed cannot be written again, is said before, and the rest is restored', async () => {
  const { sql } = database;
  const { routing, keys } = await delivered(3);
  const removed = await sql.query('DELETE FROM log.chunk WHERE stream_id = $1 AND "offset" < 2', [
    routing.streamId,
  ]);
  expect(removed.rowCount).toBe(2);
  await store.deleteObject(keys[0]!);
  await store.deleteObject(keys[2]!);
  const dry = await lookBeforeReplay({ ctx, input: range(routing) });
  expect(dry.plan.notKept).toEqual({ files: 1, rows: 10 });
  expect(Date.parse(dry.plan.worksFrom!)).toBeGreaterThan(Date.parse(dry.plan.from));
  expect((await untilReplayed(ctx, dry.look!)).counts).toMatchObject({ present: 1, missing: 1, not_kept: 1 });
  const filled = await untilReplayed(ctx, await replay(routing));
  expect(filled.counts).toMatchObject({ present: 1, restored: 1, not_kept: 1 });
  const copied = await untilReplayed(ctx, await replay(routing, 'copy'));
  expect(copied.counts).toMatchObject({ copied: 2, not_kept: 1 });
});

test('without the right to list, S3 calls what is missing forbidden: it is restored all the same', async () => {
  const { routing, keys } = await delivered(1);
  await store.control.deny({ action: 's3:ListBucket', bucket: store.bucket });
  await store.deleteObject(keys[0]!);
  const done = await untilReplayed(ctx, await replay(routing));
  expect(done.counts.restored).toBe(1);
  const heads = store.control.seenRequests.list({ operation: 'HeadObject', key: keys[0]! });
  expect(heads.map(({ status }) => status)).toEqual([403]);
});
