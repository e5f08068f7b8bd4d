import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { partitionPath } from '@/lib/domain/delivery/object-key';
import { HOUR_MS } from '@/lib/domain/time-units';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import type { Ctx } from '@/lib/services/context';
import { codeOf } from '@/lib/testing/code-of';
import { type CtxFactory, createCtxFactory } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { theseHours } from '@/lib/testing/replayed';
import {
  appendLines,
  createTestRouting,
  numberedLines,
  type TestRouting,
  thisHourMs,
} from '@/lib/testing/routing';
import { createTenant } from '@/lib/testing/tenant';
import { cancelReplay } from './cancel';
import { listReplays } from './list';
import { listDue } from './list-due';
import { lookBeforeReplay } from './look';
import { planReplay } from './plan';
import { readReplay } from './read';
import { startReplay } from './start';

let database: TestDatabase;
let people: CtxFactory;
let ops: Ctx;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createCtxFactory(database);
  ops = await people.ctxOf('ops');
});
afterAll(() => database.close());

/** Looked up once: the hour may end while the tests run. */
const FILE_HOUR_MS = thisHourMs();
const PLACE = { endpoint: '', bucket: 'aurora', region: 'eu-west-1', accessKeyId: 'A', secretAccessKey: 'S' };

/** A started routing with one delivered file and one that is still being delivered. */
async function routingWithFiles(): Promise<TestRouting> {
  const { sql } = database;
  const routing = await createTestRouting({ sql, store: PLACE, tenant: await createTenant(sql) });
  await appendLines(createPostgresEventLog({ sql }), routing.streamId, numberedLines('v', 2), {
    hourMs: FILE_HOUR_MS,
    linesPerChunk: 1,
  });
  const partition = partitionPath('events', FILE_HOUR_MS);
  for (const [offset, state] of ['delivered', 'sealed'].entries()) {
    await sql.query(
      `WITH c AS (
         INSERT INTO cut (organization_id, routing_id, lane_id, epoch, destination_version, lo, hi, reason, rows,
           raw_bytes, body_bytes, state, committed_at)
         SELECT organization_id, routing_id, id, 1, 1, $2, $2, 'age', 1, 1, 1, $6, now()
         FROM lane WHERE routing_id = $1 RETURNING *)
       INSERT INTO file (id, organization_id, routing_id, cut_id, position, endpoint, bucket, key, type, hour, lo, hi,
         kind, rows, raw_bytes, crc_raw, received_min, received_max, received_sum_ms, state, gzip_bytes, delivered_at)
       SELECT gen_random_uuid(), organization_id, routing_id, id, 0, '', 'aurora', $4, 'events', $5, $2, $2,
         'stitched', 1, 1, 1, now(), now(), 1, $3, 9, now() FROM c`,
      [
        routing.routingId,
        offset,
        state,
        `${routing.prefix}${partition}/file-${offset}.jsonl.gz`,
        new Date(FILE_HOUR_MS),
        state === 'delivered' ? 'committed' : 'sealed',
      ],
    );
  }
  await sql.query('UPDATE lane SET done = 1, next = 2 WHERE routing_id = $1', [routing.routingId]);
  return routing;
}

function range({ routingId }: TestRouting, mode: 'fill' | 'copy' = 'fill') {
  return { routingId, types: ['events' as const], mode, ...theseHours() };
}

async function auditOf({ routingId }: TestRouting): Promise<string[]> {
  const rows = await database.db.auditEvent.findMany({
    where: { target: `routing:${routingId}` },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ action }) => action);
}

test('a plan counts what is delivered and leaves to delivery what is not; it writes nothing', async () => {
  const routing = await routingWithFiles();
  const plan = await planReplay({ ctx: ops, input: range(routing) });
  expect(plan).toMatchObject({ files: 1, rows: 1, gzipBytes: 9, place: null });
  expect(plan.leftAlone).toMatchObject({ pendingFiles: 1, pendingRows: 1, gapRows: 0 });
  const { replays } = await listReplays({ ctx: ops, input: { routingId: routing.routingId } });
  expect(replays).toEqual([]);
  expect(await auditOf(routing)).toEqual([]);
});

test('a start records each delivered file once, with who and why, and is audited with it', async () => {
  const routing = await routingWithFiles();
  const { routingId } = routing;
  const replay = await startReplay({
    ctx: ops,
    input: { ...range(routing), reason: ' Removed by accident ' },
  });
  expect(replay).toMatchObject({ mode: 'fill', state: 'running', files: 1, reason: 'Removed by accident' });
  expect(replay.startedBy).toBe(ops.actor.name);
  expect(replay.counts.pending).toBe(1);
  const { files } = await readReplay({ ctx: ops, input: { routingId, replayId: replay.id } });
  expect(files.map(({ key }) => key.split('/').at(-1))).toEqual(['file-0.jsonl.gz']);
  expect(await auditOf(routing)).toEqual(['routing.replay']);
});

test('one replay of a routing at a time; a look gives way to it', async () => {
  const routing = await routingWithFiles();
  const { routingId } = routing;
  const { look } = await lookBeforeReplay({ ctx: ops, input: range(routing) });
  const first = await startReplay({ ctx: ops, input: range(routing) });
  const looked = await readReplay({ ctx: ops, input: { routingId, replayId: look!.id } });
  expect(looked.replay.state).toBe('cancelled');
  expect(await codeOf(startReplay({ ctx: ops, input: range(routing) }))).toBe('CONFLICT');
  expect(await codeOf(lookBeforeReplay({ ctx: ops, input: range(routing) }))).toBe('CONFLICT');
  const input = { routingId, replayId: first.id };
  expect((await cancelReplay({ ctx: ops, input })).state).toBe('cancelled');
  expect(await codeOf(cancelReplay({ ctx: ops, input }))).toBe('CONFLICT');
  const copy = await startReplay({ ctx: ops, input: range(routing, 'copy') });
  expect(copy.place).toEqual({ bucket: 'aurora', prefix: `${routing.prefix}_replay/${copy.id}/` });
  const { files } = await readReplay({ ctx: ops, input: { routingId, replayId: copy.id } });
  const usual = `${partitionPath('events', FILE_HOUR_MS)}/file-0.jsonl.gz`;
  expect(files.map(({ key }) => key)).toEqual([`${copy.place!.prefix}${usual}`]);
  expect(await auditOf(routing)).toEqual([
    'routing.replay_look',
    'routing.replay',
    'routing.replay_cancel',
    'routing.replay',
  ]);
});

test('a role that may not replay is refused, and a stranger’s routing is not there', async () => {
  const routing = await routingWithFiles();
  const replay = await startReplay({ ctx: ops, input: range(routing) });
  const input = { routingId: routing.routingId, replayId: replay.id };
  for (const role of ['technical_services', 'customer_viewer'] as const) {
    const ctx = await people.ctxOf(role, routing.tenant);
    expect(await codeOf(planReplay({ ctx, input: range(routing) }))).toBe('FORBIDDEN');
    expect(await codeOf(startReplay({ ctx, input: range(routing) }))).toBe('FORBIDDEN');
    expect(await codeOf(cancelReplay({ ctx, input }))).toBe('FORBIDDEN');
    expect((await readReplay({ ctx, input })).replay.id).toBe(replay.id);
  }
  const ctx = await people.ctxOf('customer_admin', await createTenant(database.sql));
  expect(await codeOf(planReplay({ ctx, input: range(routing) }))).toBe('NOT_FOUND');
  expect(await codeOf(startReplay({ ctx, input: range(routing) }))).toBe('NOT_FOUND');
  expect(await codeOf(cancelReplay({ ctx, input }))).toBe('NOT_FOUND');
  expect(await codeOf(readReplay({ ctx, input }))).toBe('NOT_FOUND');
  expect(await codeOf(listReplays({ ctx, input: { routingId: routing.routingId } }))).toBe('NOT_FOUND');
});

test('a replay of another routing is not there, though the reader sees both', async () => {
  const [one, other] = [await routingWithFiles(), await routingWithFiles()];
  const replay = await startReplay({ ctx: ops, input: range(one) });
  const input = { routingId: other.routingId, replayId: replay.id };
  expect(await codeOf(readReplay({ ctx: ops, input }))).toBe('NOT_FOUND');
  expect(await codeOf(cancelReplay({ ctx: ops, input }))).toBe('NOT_FOUND');
  const none = { routingId: one.routingId, replayId: randomUUID() };
  expect(await codeOf(readReplay({ ctx: ops, input: none }))).toBe('NOT_FOUND');
});

test('a range in the future, a routing without access and one that has ended are refused with what to do', async () => {
  const routing = await routingWithFiles();
  const { routingId } = routing;
  const future = { ...range(routing), to: new Date(thisHourMs() + 3 * HOUR_MS).toISOString() };
  expect(await codeOf(planReplay({ ctx: ops, input: future }))).toBe('VALIDATION');
  await database.sql.query('UPDATE destination SET credential_id = NULL WHERE routing_id = $1', [routingId]);
  await expect(planReplay({ ctx: ops, input: range(routing) })).rejects.toThrow('Nobody has entered access');
  for (const lifecycle of ['draining', 'disabled', 'archived']) {
    await database.sql.query('UPDATE routing SET lifecycle = $2 WHERE id = $1', [routingId, lifecycle]);
    await expect(startReplay({ ctx: ops, input: range(routing) })).rejects.toThrow('has ended');
  }
  expect(await auditOf(routing)).toEqual([]);
});

test('a replay whose routing has ended meanwhile ends with it; another one goes on', async () => {
  const [ended, other] = [await routingWithFiles(), await routingWithFiles()];
  const replay = await startReplay({ ctx: ops, input: range(ended) });
  const going = await startReplay({ ctx: ops, input: range(other) });
  await database.sql.query(`UPDATE routing SET lifecycle = 'archived' WHERE id = $1`, [ended.routingId]);
  const due = await listDue(database.sql, 200);
  expect(due).not.toContain(replay.id);
  expect(due).toContain(going.id);
  const input = { routingId: ended.routingId, replayId: replay.id };
  expect((await readReplay({ ctx: ops, input })).replay.state).toBe('cancelled');
});

test('hours whose events are all gone are refused, with from when on it works', async () => {
  const routing = await routingWithFiles();
  await database.sql.query('DELETE FROM log.chunk WHERE stream_id = $1', [routing.streamId]);
  const plan = await planReplay({ ctx: ops, input: range(routing) });
  expect(plan.notKept).toEqual({ files: 1, rows: 1 });
  await expect(startReplay({ ctx: ops, input: range(routing) })).rejects.toThrow(
    /The one file cannot be written again: events are kept for 7 days\. From .* on it works\./,
  );
});
