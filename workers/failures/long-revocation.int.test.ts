import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { watchRouting } from '@/lib/testing/delivery-state';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { checkDelivered } from '@/lib/testing/oracle';
import { openPipeline, type Pipeline } from '@/lib/testing/pipeline';
import { appendLines, createTestRouting, numberedLines, type TestRouting } from '@/lib/testing/routing';
import { waitUntil } from '@/lib/testing/wait-until';

const STEPS = 6;
const STEP_MINUTES = 60;
const HOUR_MS = 3_600_000;

let database: TestDatabase;
let store: TestObjectStore;
let pipeline: Pipeline;
let neighbour: TestRouting;
beforeAll(async () => {
  database = await createTestDatabase();
  const { sql } = database;
  store = await startTestObjectStore();
  pipeline = await openPipeline({ store, sql, databaseUrl: database.url });
  const keys = await store.control.createKey();
  neighbour = await createTestRouting({ sql, store: { ...store, ...keys } });
});
afterAll(async () => {
  await pipeline.close();
  await store.close();
  await database.close();
});

/**
 * An hour passes for one routing, whose rows move into the past: what came in is so much older, back-off has so
 * much less left to wait, and what was tried was tried so much earlier. The hour of a
 * chunk follows its receipt until it is sealed.
 */
async function letAnHourPass({ routingId, streamId }: TestRouting): Promise<void> {
  const { sql } = database;
  const past = `interval '${STEP_MINUTES} minutes'`;
  await sql.query(
    `UPDATE log.chunk c SET received_min = received_min - ${past}, received_max = received_max - ${past},
       received_sum_ms = received_sum_ms - rows * ${STEP_MINUTES * 60_000}::numeric,
       hour = CASE WHEN "offset" < l.next THEN hour ELSE date_trunc('hour', received_min - ${past}, 'UTC') END
     FROM lane l WHERE l.routing_id = $1 AND c.stream_id = $2 AND c."offset" >= l.done`,
    [routingId, streamId],
  );
  for (const column of ['marked_at', 'ended_at', 'deadline_at'])
    await sql.query(`UPDATE attempt SET ${column} = ${column} - ${past} WHERE routing_id = $1`, [routingId]);
  await sql.query(
    `UPDATE cut SET sealed_at = sealed_at - ${past} WHERE routing_id = $1 AND state = 'sealed'`,
    [routingId],
  );
  await sql.query(
    `UPDATE file SET received_min = received_min - ${past}, received_max = received_max - ${past},
       received_sum_ms = received_sum_ms - rows * ${STEP_MINUTES * 60_000}::numeric
     WHERE routing_id = $1 AND state = 'sealed'`,
    [routingId],
  );
  await sql.query(
    `UPDATE lane SET pending_since = pending_since - ${past}, not_before = not_before - ${past} WHERE routing_id = $1`,
    [routingId],
  );
}

/** From the receipt of the first line that could not be delivered. */
async function secondsUntilBlocked(): Promise<number> {
  const { rows } = await database.sql.query<{ seconds: number }>(
    `SELECT extract(epoch FROM t.at - c.received_min)::float8 AS seconds
     FROM routing_transition t JOIN lane l ON l.routing_id = t.routing_id
     JOIN log.chunk c ON c.stream_id = l.stream_id AND c."offset" = l.done
     WHERE t.routing_id = $1 AND t.to_label = 'blocked'`,
    [pipeline.routing.routingId],
  );
  return rows[0]?.seconds ?? Number.POSITIVE_INFINITY;
}

test('six hours with a revoked key: blocked at once, nothing lost or doubled, and all goes on by itself when it is back', async () => {
  const { sql } = database;
  const log = createPostgresEventLog({ sql });
  const { routing, watch } = pipeline;
  const beside = watchRouting(sql, neighbour);
  const sent: Record<string, string[]> = { [routing.prefix]: [], [neighbour.prefix]: [] };
  let count = 0;
  const send = async (to: TestRouting) => {
    const lines = numberedLines(to.routingId, 40, count * 40);
    sent[to.prefix]?.push(...lines);
    await appendLines(log, to.streamId, lines, { linesPerChunk: 10 });
  };
  const worker = await pipeline.startWorker();
  await send(routing);
  await send(neighbour);
  await watch.untilCaughtUp(60_000);
  await beside.untilCaughtUp(60_000);
  await store.control.revokeKey({ accessKeyId: store.accessKeyId });
  for (count = 1; count <= STEPS; count += 1) {
    const triesBefore = (await watch.attempts()).length;
    await send(routing);
    await send(neighbour);
    await waitUntil(
      'the revoked key was tried',
      async () => {
        const tries = await watch.attempts();
        return tries.length > triesBefore && tries.every(({ outcome }) => outcome !== null);
      },
      60_000,
    );
    await watch.untilHealth('blocked', 'access_key_unknown');
    if (count === 1) expect(await secondsUntilBlocked()).toBeLessThan(60);
    await beside.untilCaughtUp(60_000);
    expect(await beside.routing()).toMatchObject({ lifecycle: 'active', health: 'healthy' });
    await letAnHourPass(routing);
  }
  expect((await watch.transitions()).filter((step) => step.endsWith('blocked'))).toHaveLength(1);
  await store.control.restoreKey({ accessKeyId: store.accessKeyId });
  await letAnHourPass(routing);
  await watch.untilCaughtUp(60_000);
  await watch.untilHealth('healthy', null);
  worker.kill('SIGTERM');
  expect(await worker.ended, worker.output()).toEqual({ code: 0, signal: null });
  const writes = await store.countWrites();
  for (const [prefix, lines] of Object.entries(sent)) {
    const acked = lines.map((line): string => JSON.parse(line).id);
    const verdict = await checkDelivered({ ...store, prefix, sql, acked, writes });
    expect(verdict, verdict.faults.join('\n')).toMatchObject({ holds: true, acked: (STEPS + 1) * 40 });
  }
  const { rows: latency } = await sql.query<{ worst_ms: number }>(
    'SELECT max(max_ms) AS worst_ms FROM cut_latency WHERE routing_id = $1',
    [routing.routingId],
  );
  expect(latency[0]?.worst_ms).toBeGreaterThan(6 * HOUR_MS);
}, 240_000);
