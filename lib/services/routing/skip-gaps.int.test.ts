import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createCtxFactory } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { appendLines, createTestRouting, numberedLines, type TestRouting } from '@/lib/testing/routing';
import type { Ctx } from '../context';
import { listActivity } from './list-activity';
import { resumeRouting } from './resume';

const PLACE = {
  endpoint: 'http://127.0.0.1:9',
  bucket: 'b',
  region: 'eu-west-1',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

let database: TestDatabase;
let log: EventLog;
let ctx: Ctx;
beforeAll(async () => {
  database = await createTestDatabase();
  log = createPostgresEventLog({ sql: database.sql });
  ctx = await createCtxFactory(database).ctxOf('admin');
});
afterAll(() => database.close());

let routing: TestRouting;
/** Paused, with four chunks of two rows of which the first is delivered. */
beforeEach(async () => {
  const { sql } = database;
  routing = await createTestRouting({ sql, store: PLACE });
  await appendLines(log, routing.streamId, numberedLines('l', 8), { linesPerChunk: 2 });
  const paused = `UPDATE routing SET intent = 'pause', lifecycle = 'paused' WHERE id = $1`;
  await sql.query(paused, [routing.routingId]);
  await setLane(`running = false, pending_since = now(), next = 1, done = 1, rows_done = 2,
    body_bytes_done = (SELECT body_bytes_before FROM log.chunk c WHERE c.stream_id = lane.stream_id AND c."offset" = 1)`);
});

async function setLane(assignments: string): Promise<void> {
  await database.sql.query(`UPDATE lane SET ${assignments} WHERE routing_id = $1`, [routing.routingId]);
}

async function dropChunksBefore(offset: number): Promise<void> {
  await database.sql.query('DELETE FROM log.chunk WHERE stream_id = $1 AND "offset" < $2', [
    routing.streamId,
    offset,
  ]);
}

async function laneNow() {
  const { rows } = await database.sql.query(
    `SELECT l.next, l.done, l.rows_done, l.held_cause, l.running, l.pending_since,
       s.body_bytes_total - l.body_bytes_done = coalesce((SELECT sum(c.body_bytes) FROM log.chunk c
         WHERE c.stream_id = s.id AND c."offset" >= l.done), 0) AS is_backlog_right
     FROM lane l JOIN log.stream s ON s.id = l.stream_id WHERE l.routing_id = $1`,
    [routing.routingId],
  );
  return rows[0];
}

/** What is told about chunks that are gone: to everybody, and to those who read the audit. */
async function told() {
  const { activity } = await listActivity({ ctx, input: { routingId: routing.routingId } });
  const reasons = activity.flatMap(({ change }) => (change.kind === 'state' ? [change.reason] : []));
  const audit = await database.db.auditEvent.findMany({
    where: { target: `routing:${routing.routingId}`, action: { not: 'routing.resume' } },
    select: { action: true, actor: true, detail: true },
  });
  return { reasons, audit };
}

const resume = () => resumeRouting({ ctx, input: { routingId: routing.routingId } });

test('a lane whose next chunks are gone goes on at the earliest kept, and says which rows are lost', async () => {
  await dropChunksBefore(3);
  await setLane(`held_cause = 'chunk_missing'`);
  await resume();
  const freed = { held_cause: null, running: true, pending_since: null, is_backlog_right: true };
  expect(await laneNow()).toEqual({ next: 3, done: 3, rows_done: 6, ...freed });
  const { streamId } = routing;
  const { reasons, audit } = await told();
  expect(reasons).toEqual([
    `Gap: 4 rows of events (stream ${streamId}, offsets 1 to 2) were no longer kept and will not be delivered.`,
  ]);
  const detail = { streamId, type: 'events', firstOffset: 1, lastOffset: 2, rows: 4 };
  expect(audit).toMatchObject([{ action: 'routing.gap', detail, actor: `user:${ctx.actor.userId}` }]);
});

test('with nothing kept it goes on at the head', async () => {
  await dropChunksBefore(4);
  await setLane(`held_cause = 'chunk_missing'`);
  await resume();
  expect(await laneNow()).toMatchObject({ next: 4, done: 4, rows_done: 8, is_backlog_right: true });
  expect((await told()).audit).toMatchObject([{ detail: { firstOffset: 1, lastOffset: 3, rows: 6 } }]);
});

test.each(['conflict', null])('a lane whose hold is %s skips nothing', async (cause) => {
  await dropChunksBefore(3);
  await setLane(`held_cause = ${cause === null ? 'NULL' : `'${cause}'`}`);
  await resume();
  expect(await laneNow()).toMatchObject({ next: 1, done: 1, rows_done: 2, held_cause: null });
  expect(await told()).toEqual({ reasons: [null], audit: [] });
});

test('chunks that are there again are not skipped', async () => {
  await setLane(`held_cause = 'chunk_missing'`);
  await resume();
  expect(await laneNow()).toMatchObject({ next: 1, done: 1, rows_done: 2, held_cause: null });
  expect(await told()).toEqual({ reasons: [null], audit: [] });
});

test('a cut that is open on missing chunks stays held, and the resume says so', async () => {
  await dropChunksBefore(3);
  await setLane(`held_cause = 'chunk_missing', next = 4`);
  await resume();
  expect(await laneNow()).toMatchObject({ next: 4, done: 1, rows_done: 2, held_cause: 'chunk_missing' });
  const { streamId } = routing;
  const { reasons, audit } = await told();
  expect(reasons).toEqual([
    `Still held: a cut over events (stream ${streamId}, offsets 1 to 3) is open, and chunks of it are no longer kept.`,
  ]);
  expect(audit).toMatchObject([{ action: 'routing.still_held', detail: { firstOffset: 1, lastOffset: 3 } }]);
});

test('a cut whose chunks are there again is let go', async () => {
  await setLane(`held_cause = 'chunk_missing', next = 4`);
  await resume();
  expect(await laneNow()).toMatchObject({ next: 4, done: 1, held_cause: null });
});
