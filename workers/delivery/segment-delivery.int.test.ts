import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DatabaseClock } from '@/lib/platform/clock';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { readDatabaseMs } from '@/lib/platform/sql';
import { renewSegmentSnapshots } from '@/lib/services/collection/renew-segment-snapshots';
import { replaceSegments } from '@/lib/services/collection/replace-segments';
import { type SnapshotDeps, writeSegmentSnapshot } from '@/lib/services/collection/write-segment-snapshot';
import { ensureStream } from '@/lib/services/stream/ensure-stream';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { readDelivered } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { appendLines, createTestRouting, numberedLines, type TestRouting } from '@/lib/testing/routing';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import { waitUntil } from '@/lib/testing/wait-until';
import { startTestWorker, type TestWorker } from '@/lib/testing/worker';

let database: TestDatabase;
let store: TestObjectStore;
let log: EventLog;
let deps: SnapshotDeps;
beforeAll(async () => {
  database = await createTestDatabase({ connectionsMax: 20 });
  const { sql } = database;
  store = await startTestObjectStore();
  log = createPostgresEventLog({ sql });
  const clock = new DatabaseClock(() => readDatabaseMs(sql));
  await clock.learn();
  deps = { sql, log, clock };
});
afterAll(async () => {
  await store.close();
  await database.close();
});

let tenant: TestTenant;
let streamId: number;
beforeEach(async () => {
  tenant = await createTenant(database.sql);
  streamId = await ensureStream(database.sql, { ...tenant, type: 'segment' });
});

let worker: TestWorker | undefined;
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
});

async function putSegments(...names: string[]): Promise<void> {
  const segments = names.map((name, number) => ({ number, id: name, name }));
  await replaceSegments(database.sql, { ...tenant, segments });
}

const writeSnapshot = () => writeSegmentSnapshot(deps, { ...tenant, idempotency: null });
const startRouting = () => createTestRouting({ sql: database.sql, store, tenant, dataTypes: ['segment'] });
const countChunks = async () => (await log.head(streamId)).nextOffset;

async function filesOf({ prefix }: TestRouting): Promise<string[][]> {
  const files = await readDelivered(store, database.sql, prefix);
  return files.map((file) => file.lines.map((line) => JSON.parse(line).name ?? JSON.parse(line).id));
}

async function letADayPass(): Promise<void> {
  await database.sql.query(
    `UPDATE log.chunk SET received_max = received_max - interval '25 hours' WHERE stream_id = $1`,
    [streamId],
  );
}

describe('a routing that starts', () => {
  test('gets the newest complete snapshot, though it was written before; older ones stay out', async () => {
    await appendLines(log, streamId, numberedLines('old', 4), { snapshotEnd: true });
    const newest = numberedLines('new', 6);
    await appendLines(log, streamId, newest.slice(0, 3));
    await appendLines(log, streamId, newest.slice(3), { snapshotEnd: true });
    const routing = await startRouting();
    expect(await watchRouting(database.sql, routing).lane()).toMatchObject({ next: 1, done: 1, head: 3 });
    worker = await startTestWorker({ database, workerId: 'w1' });
    await watchRouting(database.sql, routing).untilCaughtUp();
    expect((await readDelivered(store, database.sql, routing.prefix)).map((file) => file.lines)).toEqual([
      newest,
    ]);
  });

  test('gets one within seconds when none is kept any more', async () => {
    await putSegments('a', 'b');
    await writeSnapshot();
    await database.sql.query('DELETE FROM log.chunk WHERE stream_id = $1', [streamId]);
    const routing = await startRouting();
    worker = await startTestWorker({ database, workerId: 'w1' });
    await waitUntil('the snapshot has landed', async () => (await filesOf(routing)).length > 0);
    expect(await filesOf(routing)).toEqual([['a', 'b']]);
  });

  test('waits for the first snapshot where the workspace never had segments', async () => {
    const routing = await startRouting();
    expect(await renewSegmentSnapshots(deps)).toEqual({ renewed: 0, failed: [] });
    expect(await watchRouting(database.sql, routing).lane()).toMatchObject({ next: 0, head: 0 });
  });
});

describe('the daily snapshot', () => {
  test('is written once the newest is older than a day, by one of several workers, as one append', async () => {
    await putSegments('a', 'b');
    await writeSnapshot();
    const routing = await startRouting();
    await renewSegmentSnapshots(deps);
    expect(await countChunks()).toBe(1);
    await letADayPass();
    await Promise.all([1, 2, 3].map(() => renewSegmentSnapshots(deps)));
    expect(await countChunks()).toBe(2);
    worker = await startTestWorker({ database, workerId: 'w1' });
    await watchRouting(database.sql, routing).untilCaughtUp();
    expect(await filesOf(routing)).toEqual([['a', 'b']]);
    const { rows } = await database.sql.query(
      `SELECT c.lo, c.hi, (SELECT sum(a.rows)::int FROM cut_set_aside a WHERE a.cut_id = c.id) AS superseded
       FROM cut c WHERE c.routing_id = $1`,
      [routing.routingId],
    );
    expect(rows).toEqual([{ lo: 0, hi: 1, superseded: 2 }]);
  });

  test('is not written where no started routing takes segments', async () => {
    await putSegments('a');
    await writeSnapshot();
    const routing = await startRouting();
    await letADayPass();
    await database.sql.query(`UPDATE routing SET lifecycle = 'disabled' WHERE id = $1`, [routing.routingId]);
    await renewSegmentSnapshots(deps);
    expect(await countChunks()).toBe(1);
  });

  test('completes a change whose snapshot was never stored', async () => {
    await putSegments('a');
    await writeSnapshot();
    await startRouting();
    await putSegments('a', 'b');
    await renewSegmentSnapshots(deps);
    expect(await countChunks()).toBe(2);
    await renewSegmentSnapshots(deps);
    expect(await countChunks()).toBe(2);
  });

  test('that fails for one workspace is written for the others', async () => {
    await putSegments('a');
    await startRouting();
    const broken = tenant;
    const brokenStream = streamId;
    tenant = await createTenant(database.sql);
    streamId = await ensureStream(database.sql, { ...tenant, type: 'segment' });
    await putSegments('b');
    await startRouting();
    const failing: EventLog = {
      ...log,
      append: (request) =>
        request.chunks[0]?.streamId === brokenStream
          ? Promise.reject(new Error('the disk is full'))
          : log.append(request),
    };
    const { failed } = await renewSegmentSnapshots({ ...deps, log: failing });
    expect(failed.map(({ workspaceId }) => workspaceId)).toEqual([broken.workspaceId]);
    expect(await countChunks()).toBe(1);
    await renewSegmentSnapshots(deps);
  });
});
