import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { appendLines, createTestRouting, numberedLines, type TestRouting } from '@/lib/testing/routing';
import { watchRetention } from './watch-retention';

const PLACE = {
  endpoint: 'http://127.0.0.1:9',
  bucket: 'b',
  region: 'eu-west-1',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

let database: TestDatabase;
let routing: TestRouting;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

beforeEach(async () => {
  routing = await createTestRouting({ sql: database.sql, store: PLACE });
  await database.sql.query(`UPDATE routing SET lifecycle = 'paused', intent = 'pause' WHERE id = $1`, [
    routing.routingId,
  ]);
  await database.sql.query('UPDATE lane SET running = false WHERE routing_id = $1', [routing.routingId]);
  const log = createPostgresEventLog({ sql: database.sql });
  await appendLines(log, routing.streamId, numberedLines('x', 4), { linesPerChunk: 2 });
});

/** The oldest undelivered line was received so many hours ago. */
async function setAge(hours: number): Promise<void> {
  await database.sql.query(
    `UPDATE log.chunk SET received_min = now() - $2 * interval '1 hour' WHERE stream_id = $1`,
    [routing.streamId, hours],
  );
}

async function deliver(): Promise<void> {
  await database.sql.query('UPDATE lane SET next = 2, done = 2, rows_done = 4 WHERE routing_id = $1', [
    routing.routingId,
  ]);
}

async function notices() {
  const { rows } = await database.sql.query(
    `SELECT threshold, pending_rows, ended_at IS NOT NULL AS is_over,
       round(extract(epoch FROM lost_from - oldest_received_at) / 3600)::int AS hours
     FROM retention_notice WHERE routing_id = $1 ORDER BY id`,
    [routing.routingId],
  );
  return rows;
}

const look = () => watchRetention(database.sql, 'w1');

test('what is held is announced at 50, 80 and 95 % of its retention, each once', async () => {
  for (const hours of [83, 84, 85, 135, 136, 160, 167]) {
    await setAge(hours);
    await look();
  }
  const row = { pending_rows: 4, is_over: false, hours: 168 };
  expect(await notices()).toEqual([50, 80, 95].map((threshold) => ({ threshold, ...row })));
  const audit = await database.db.auditEvent.findMany({
    where: { target: `routing:${routing.routingId}`, action: 'routing.retention_notice' },
    select: { actor: true, detail: true },
    orderBy: { id: 'asc' },
  });
  expect(audit.map(({ detail }) => detail)).toMatchObject([
    { threshold: 50 },
    { threshold: 80 },
    { threshold: 95 },
  ]);
  expect(audit[0]).toMatchObject({ actor: 'worker:w1', detail: { pendingRows: 4 } });
});

test('several that look at once announce once', async () => {
  await setAge(90);
  await Promise.all([look(), look(), look()]);
  expect(await notices()).toHaveLength(1);
});

test('an episode ends with what was held, and the next one is announced anew', async () => {
  await setAge(140);
  await look();
  await deliver();
  await look();
  expect(await notices()).toMatchObject([{ threshold: 80, is_over: true }]);
  const log = createPostgresEventLog({ sql: database.sql });
  await appendLines(log, routing.streamId, numberedLines('y', 2));
  await setAge(90);
  await look();
  expect(await notices()).toMatchObject([
    { threshold: 80, is_over: true },
    { threshold: 50, is_over: false, pending_rows: 2 },
  ]);
});

test('a routing’s own retention counts', async () => {
  await database.sql.query('UPDATE routing SET retention_hours = 10 WHERE id = $1', [routing.routingId]);
  await setAge(6);
  await look();
  expect(await notices()).toMatchObject([{ threshold: 50, hours: 10 }]);
});
