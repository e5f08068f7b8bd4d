import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS } from '@/lib/domain/time-units';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createLogger } from '@/lib/platform/logger';
import type { ObjectStore } from '@/lib/platform/object-store/object-store';
import { createS3ObjectStore } from '@/lib/platform/object-store/s3-object-store';
import { createOpener } from '@/lib/platform/secret-box/opener';
import type { Sql } from '@/lib/platform/sql';
import type { Ctx } from '@/lib/services/context';
import { createDeliveryLedger } from '@/lib/services/delivery/create-delivery-ledger';
import { listReconciliations } from '@/lib/services/reconciliation/list';
import { listDueReconciliations } from '@/lib/services/reconciliation/list-due';
import { type ReconciliationDetail, readReconciliation } from '@/lib/services/reconciliation/read';
import { forgetReconciliations, scheduleReconciliations } from '@/lib/services/reconciliation/schedule';
import { startReconciliation } from '@/lib/services/reconciliation/start';
import { codeOf } from '@/lib/testing/code-of';
import { createCtxFactory } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { makeDeliveredFiles } from '@/lib/testing/delivered-files';
import { watchRouting } from '@/lib/testing/delivery-state';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import {
  appendLines,
  createTestRouting,
  numberedLines,
  type TestRouting,
  testSealKeyPair,
  thisHourMs,
} from '@/lib/testing/routing';
import { waitUntil } from '@/lib/testing/wait-until';
import { startTestWorker } from '@/lib/testing/worker';
import type { ReconciliationDeps } from './reconciliation-deps';
import { runReconciliation } from './run-reconciliation';

const NOW_HOUR = thisHourMs();
const HOUR = NOW_HOUR - 3 * HOUR_MS;

let database: TestDatabase;
let sql: Sql;
let store: TestObjectStore;
let s3: ObjectStore;
let log: EventLog;
let ctx: Ctx;
let deps: ReconciliationDeps;
let routing: TestRouting;
let key: { accessKeyId: string; secretAccessKey: string };

beforeAll(async () => {
  database = await createTestDatabase({ connectionsMax: 20 });
  sql = database.sql;
  store = await startTestObjectStore();
  s3 = createS3ObjectStore();
  log = createPostgresEventLog({ sql });
  ctx = await createCtxFactory(database).ctxOf('admin');
  const opener = createOpener(testSealKeyPair().privateKeyPem);
  deps = {
    sql,
    store: s3,
    ledger: createDeliveryLedger(sql),
    openCredential: (row) => opener.openCredential(row),
    clock: { nowMs: Date.now, monotonicMs: () => 0, isReady: () => true },
    random: () => 0,
    logger: createLogger('worker', 'silent'),
    leaseMs: 60_000,
  };
});
afterAll(async () => {
  s3.close();
  await store.close();
  await database.close();
});
beforeEach(async () => {
  // A worker may have closed the hours that files are made in.
  await sql.query(`UPDATE log.closing SET closed_through = '-infinity'`);
  key = await store.control.createKey();
  routing = await createTestRouting({ sql, store: { ...store, ...key } });
});

const deliver = (count: number, hourMs = HOUR) =>
  makeDeliveredFiles({ sql, log, store, routing }, { count, hourMs });
const put = (name: string, text = 'x', metadata: Record<string, string> = {}) =>
  store.control.putForeignObject({ bucket: store.bucket, key: name, text, metadata });

async function closeHours(): Promise<void> {
  await sql.query(`UPDATE log.stream SET closed_through = to_timestamp($2 / 1000.0) WHERE id = $1`, [
    routing.streamId,
    NOW_HOUR + HOUR_MS,
  ]);
}

async function begin(): Promise<string> {
  return (await startReconciliation({ ctx, input: { routingId: routing.routingId } })).id;
}

const read = (reconciliationId: string) =>
  readReconciliation({ ctx, input: { routingId: routing.routingId, reconciliationId } });

const run = (reconciliationId: string, own: Partial<ReconciliationDeps> = {}) =>
  runReconciliation({ ...deps, ...own }, { reconciliationId }, new AbortController().signal);

/** Carried out at once, by one worker. */
async function reconcile(own: Partial<ReconciliationDeps> = {}): Promise<ReconciliationDetail> {
  const id = await begin();
  await run(id, own);
  return read(id);
}

const kindsOf = ({ findings }: ReconciliationDetail) => findings.map(({ kind, subject }) => [kind, subject]);

describe('what was really delivered', () => {
  test('adds up; and what is done to the bucket afterwards is found and named', async () => {
    await appendLines(log, routing.streamId, numberedLines('a', 12), { hourMs: HOUR, linesPerChunk: 4 });
    const worker = await startTestWorker({ database, workerId: 'w1' });
    await watchRouting(sql, routing).untilCaughtUp();
    for (const hoursAgo of [0, 0, 0]) {
      await appendLines(log, routing.streamId, numberedLines('b', 3), { hourMs: NOW_HOUR - hoursAgo });
      await watchRouting(sql, routing).untilCaughtUp();
    }
    const first = await begin();
    await waitUntil('a worker has done it', async () => (await read(first)).reconciliation.state === 'done');
    await worker.stop();
    const clean = await read(first);
    expect(clean.findings).toEqual([]);
    expect(clean.reconciliation).toMatchObject({
      found: 0,
      isListed: true,
      percent: 100,
      startedBy: ctx.actor.name,
    });
    expect(clean.reconciliation.verdict).toContain('Everything adds up');

    const [gone = '', changed = '', copied = ''] = await store.listKeys(`${routing.prefix}type=`);
    const partition = copied.slice(0, copied.lastIndexOf('/') + 1);
    await store.deleteObject(gone);
    const { body: Body, metadata: Metadata } = await store.getObject(copied);
    const Key = `${partition}copy.jsonl.gz`;
    await store.client.send(new PutObjectCommand({ Bucket: store.bucket, Key, Body, Metadata }));
    await put(changed, 'something else');
    await put(`${partition}notes.txt`, 'hello');
    for (const name of [`${partition}_complete.json`, `${partition}.hidden`, partition]) await put(name);
    const { findings, reconciliation } = await reconcile();
    expect(new Map(findings.map(({ kind, key: name }) => [kind, name]))).toEqual(
      new Map([
        ['missing', gone],
        ['duplicate', `${partition}copy.jsonl.gz`],
        ['altered', changed],
        ['foreign', `${partition}notes.txt`],
      ]),
    );
    expect(findings).toHaveLength(4);
    expect(findings.find(({ kind }) => kind === 'duplicate')?.fileId).toMatch(/^[0-9a-f-]{36}$/);
    expect(findings.find(({ kind }) => kind === 'missing')).toMatchObject({
      type: 'events',
      bucket: store.bucket,
    });
    expect(reconciliation.verdict).toContain('1 missing file');
  });
});

describe('a place with many objects', () => {
  test('is compared page by page, and adds up', async () => {
    await deliver(1_150);
    await closeHours();
    const { reconciliation, findings } = await reconcile();
    expect(findings).toEqual([]);
    expect(reconciliation).toMatchObject({ state: 'done', files: 1_150, objects: 1_150 });
  });

  test('whoever comes after a crash goes on behind the last page; who wakes late changes nothing', async () => {
    const files = await deliver(1_150);
    await store.deleteObject(files[1_100]?.key ?? '');
    const id = await begin();
    let wake: () => void = () => undefined;
    const frozen = new Promise<void>((resolve) => {
      wake = resolve;
    });
    let lists = 0;
    const list: ObjectStore['list'] = async (request) => {
      lists += 1;
      const page = await s3.list(request);
      if (lists > 1) await frozen;
      return page;
    };
    const late = run(id, { store: { list, head: s3.head }, leaseMs: 1 });
    await waitUntil(
      'the first page is recorded',
      async () => (await read(id)).reconciliation.objects === 1_000,
    );
    await waitUntil('its worker has frozen in the second', async () => lists === 2);
    await run(id);
    const done = await read(id);
    expect(done.reconciliation).toMatchObject({ state: 'done', files: 1_150, objects: 1_149 });
    expect(kindsOf(done)).toEqual([['missing', files[1_100]?.key]]);
    wake();
    await late;
    expect(await read(id)).toEqual(done);
  });

  test('two workers at once do it once', async () => {
    await deliver(5);
    const id = await begin();
    await Promise.all([run(id), run(id), run(id)]);
    expect((await read(id)).reconciliation).toMatchObject({ state: 'done', files: 5, objects: 5 });
  });
});

describe('while delivery goes on', () => {
  test('what is delivered or sealed during the listing is no false alarm', async () => {
    await deliver(2);
    const list: ObjectStore['list'] = async (request) => {
      const page = await s3.list(request);
      // In the ledger and not in this page: delivered after it was read.
      const [after] = await deliver(1);
      await sql.query('UPDATE file SET delivered_at = clock_timestamp() WHERE id = $1', [after?.fileId]);
      return page;
    };
    expect((await reconcile({ store: { list, head: s3.head } })).findings).toEqual([]);
    const [sealed] = await deliver(1);
    await sql.query(`UPDATE file SET state = 'sealed', delivered_at = NULL, etag = NULL WHERE id = $1`, [
      sealed?.fileId,
    ]);
    expect((await reconcile()).findings).toEqual([]);
  });
});

describe('without the right to list', () => {
  test('every recorded file is looked at by itself, and it is said what cannot be seen', async () => {
    const files = await deliver(3);
    await put(`${files[0]?.key ?? ''}.copy`);
    await put(files[1]?.key ?? '', 'changed');
    const { accessKeyId } = key;
    await store.control.deny({ accessKeyId, action: 's3:ListBucket' });
    const altered = await reconcile();
    expect(kindsOf(altered)).toEqual([['altered', files[1]?.key]]);
    expect(altered.reconciliation).toMatchObject({ state: 'done', isListed: false, files: 3 });
    expect(altered.reconciliation.verdict).toContain('cannot be seen');
    await store.deleteObject(files[2]?.key ?? '');
    expect(kindsOf(await reconcile())).toContainEqual(['unclear', files[2]?.key]);
  });

  test('without any access it waits, says why, and is done when the access is back', async () => {
    await deliver(2);
    const { accessKeyId } = key;
    await store.control.revokeKey({ accessKeyId });
    const id = await begin();
    await run(id);
    const waiting = (await read(id)).reconciliation;
    expect(waiting).toMatchObject({ state: 'running', heldCause: 'access_key_unknown' });
    expect(Date.parse(waiting.notBefore ?? '')).toBeGreaterThan(Date.now());
    await store.control.restoreKey({ accessKeyId });
    await run(id);
    expect((await read(id)).reconciliation.state).toBe('running');
    await sql.query('UPDATE reconciliation SET not_before = NULL WHERE id = $1', [id]);
    await run(id);
    expect((await read(id)).reconciliation).toMatchObject({ state: 'done', heldCause: null, files: 2 });
  });

  test('a day of failed tries ends it', async () => {
    await deliver(1);
    await store.control.revokeKey(key);
    const id = await begin();
    await sql.query(`UPDATE reconciliation SET started_at = now() - interval '25 hours' WHERE id = $1`, [id]);
    await run(id);
    expect((await read(id)).reconciliation).toMatchObject({
      state: 'failed',
      heldCause: 'access_key_unknown',
    });
  });
});

describe('log and ledger', () => {
  const lane = () => [routing.routingId];

  test('a deleted chunk row is found, by its hour and by its offsets', async () => {
    // Of the day that the log surely keeps.
    for (const count of [2, 3, 4]) await deliver(count, NOW_HOUR);
    await closeHours();
    expect((await reconcile()).findings).toEqual([]);
    await sql.query('DELETE FROM log.chunk WHERE stream_id = $1 AND "offset" = 1', [routing.streamId]);
    const { findings } = await reconcile();
    expect(findings.map(({ kind, rows }) => [kind, rows])).toEqual([
      ['counts_differ', 3],
      ['chunks_missing', 3],
    ]);
    expect(findings[0]?.detail).toEqual({ accepted: 9, chunkRows: 6 });
    expect(findings[1]?.detail).toEqual({ firstOffset: 1, lastOffset: 1 });
  });

  test('offsets that no cut holds are found, unless a gap says so', async () => {
    for (const count of [1, 1, 1, 1]) await deliver(count);
    await sql.query('DELETE FROM file WHERE routing_id = $1 AND lo IN (1, 2)', lane());
    await sql.query('DELETE FROM cut WHERE routing_id = $1 AND lo IN (1, 2)', lane());
    const { findings } = await reconcile();
    const hole = findings.find(({ kind }) => kind === 'offsets_uncut');
    expect(hole?.detail).toMatchObject({ firstOffset: 1, lastOffset: 2 });
    // Nobody recorded these objects now, but they carry our metadata.
    expect(findings.filter(({ kind }) => kind === 'duplicate')).toHaveLength(2);
    await sql.query(`SELECT delivery.record_gap(id, 1, 2, 2) FROM lane WHERE routing_id = $1`, lane());
    expect((await reconcile()).findings.filter(({ kind }) => kind === 'offsets_uncut')).toEqual([]);
  });

  test('a cut whose files do not hold its rows is found, and one that takes offsets of another', async () => {
    for (const count of [2, 2]) await deliver(count);
    await sql.query('UPDATE cut SET rows = 3 WHERE routing_id = $1 AND lo = 0', lane());
    await sql.query('UPDATE cut SET lo = 0, generation = 9 WHERE routing_id = $1 AND lo = 1', lane());
    const { findings } = await reconcile();
    expect(findings.map(({ kind }) => kind).sort()).toEqual(['offsets_twice', 'rows_differ']);
    expect(findings.find(({ kind }) => kind === 'rows_differ')?.detail).toMatchObject({
      cutRows: 3,
      filesRows: 2,
    });
  });

  test('a file that was given up is a gap, and not missing from its cut', async () => {
    for (const count of [1, 1]) await deliver(count);
    // As `give_up_files` leaves it.
    await sql.query(
      `WITH lost AS (UPDATE file SET state = 'released' WHERE routing_id = $1 AND lo = 1 RETURNING *)
       INSERT INTO gap (organization_id, routing_id, lane_id, lo, hi, rows, cause, file_id)
       SELECT f.organization_id, f.routing_id, c.lane_id, f.lo, f.hi, f.rows, 'released', f.id
       FROM lost f JOIN cut c ON c.id = f.cut_id`,
      lane(),
    );
    const { findings } = await reconcile();
    expect(findings.map(({ kind }) => kind)).not.toContain('rows_differ');
  });
});

describe('asking for it', () => {
  test('is refused while one is running, and before the first start; the newest is listed first', async () => {
    const first = await begin();
    expect(await codeOf(begin())).toBe('CONFLICT');
    await run(first);
    const second = await begin();
    const { reconciliations } = await listReconciliations({ ctx, input: { routingId: routing.routingId } });
    expect(reconciliations.map(({ id }) => id)).toEqual([second, first]);
    await run(second);
    await sql.query(`UPDATE routing SET lifecycle = 'draft' WHERE id = $1`, [routing.routingId]);
    expect(await codeOf(begin())).toBe('PRECONDITION');
  });

  test('is refused once the routing is archived, also for what is running; not while it is disabled', async () => {
    await deliver(1);
    const set = (lifecycle: string) =>
      sql.query(`UPDATE routing SET intent = 'disable', lifecycle = $2 WHERE id = $1`, [
        routing.routingId,
        lifecycle,
      ]);
    await set('disabled');
    expect((await reconcile()).reconciliation).toMatchObject({ state: 'done', files: 1, found: 0 });
    const id = await begin();
    await set('archived');
    expect(await listDueReconciliations(sql, 200)).not.toContain(id);
    const { state, endedAt, verdict } = (await read(id)).reconciliation;
    expect([state, endedAt]).toEqual(['failed', expect.any(String)]);
    expect(verdict).toContain('the routing was archived');
    await expect(begin()).rejects.toThrow('credentials are destroyed');
    await sql.query(`UPDATE routing SET created_at = now() - interval '2 days' WHERE id = $1`, [
      routing.routingId,
    ]);
    await sql.query(`UPDATE reconciliation SET started_at = now() - interval '25 hours' WHERE id = $1`, [id]);
    await scheduleReconciliations(sql);
    const { reconciliations } = await listReconciliations({ ctx, input: { routingId: routing.routingId } });
    expect(reconciliations.filter((one) => one.state === 'running')).toEqual([]);
  });

  test('happens by itself once a day for a running routing, and is forgotten after 30 days', async () => {
    const all = async () =>
      (await listReconciliations({ ctx, input: { routingId: routing.routingId } })).reconciliations;
    const set = (assignments: string) =>
      sql.query(`UPDATE routing SET ${assignments} WHERE id = $1`, [routing.routingId]);
    const age = (interval: string) =>
      sql.query(`UPDATE reconciliation SET started_at = now() - $2::interval WHERE routing_id = $1`, [
        routing.routingId,
        interval,
      ]);
    await set(`lifecycle = 'active', created_at = now() - interval '2 days'`);
    await scheduleReconciliations(sql);
    await scheduleReconciliations(sql);
    const [daily, ...others] = await all();
    expect([daily?.startedBy, others]).toEqual([null, []]);
    await run(daily?.id ?? '');
    await scheduleReconciliations(sql);
    expect(await all()).toHaveLength(1);
    await age('25 hours');
    await set(`intent = 'pause'`);
    await scheduleReconciliations(sql);
    expect(await all()).toHaveLength(1);
    await set(`intent = 'run'`);
    await scheduleReconciliations(sql);
    expect(await all()).toHaveLength(2);
    await age('31 days');
    await forgetReconciliations(sql);
    expect(await all()).toMatchObject([{ state: 'running' }]);
  });
});
