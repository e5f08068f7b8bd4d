import { randomUUID } from 'node:crypto';
import { crc32, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createLogger } from '@/lib/platform/logger';
import { decideMarkers } from '@/lib/services/hour/decide-markers';
import { pauseRouting } from '@/lib/services/routing/pause';
import { resumeRouting } from '@/lib/services/routing/resume';
import { closeHours } from '@/lib/services/stream/close-hours';
import { testChunk } from '@/lib/testing/chunk';
import { createCtxFactory } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { watchRouting } from '@/lib/testing/delivery-state';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import {
  appendLines,
  createDestinationVersion,
  createTestRouting,
  numberedLines,
  type TestRouting,
  thisHourMs,
} from '@/lib/testing/routing';
import { waitUntil } from '@/lib/testing/wait-until';
import { startTestWorker } from '@/lib/testing/worker';

// Each of these waits for several deliveries; a busy machine takes its time.
vi.setConfig({ testTimeout: 180_000 });

const HOUR_MS = 3_600_000;
const DEADLINE_MS = 60_000;

// A database each: workers close the hours of all of it.
let database: TestDatabase;
let store: TestObjectStore;
let log: EventLog;
/** The hour in which the test began: one that ends while it runs is none of its business. */
let beganInMs: number;
beforeAll(async () => {
  store = await startTestObjectStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  database = await createTestDatabase({ connectionsMax: 12 });
  log = createPostgresEventLog({ sql: database.sql });
  beganInMs = thisHourMs();
  return () => database.close();
});

interface Marker {
  readonly key: string;
  readonly said: {
    readonly hour: string;
    readonly files: readonly {
      key: string;
      rows: number;
      gzip_bytes: number;
      raw_bytes: number;
      crc32: string;
    }[];
    readonly totals: { files: number; rows: number };
    readonly accepted_rows: number;
    readonly elsewhere_rows: number;
  };
}

/** A routing that was started two hours ago and has wanted markers since; no hour is closed yet. */
async function markedRouting(options: { dataTypes?: ('events' | 'sync_aliases' | 'segment')[] } = {}) {
  const { sql } = database;
  const routing = await createTestRouting({ sql, store, ...options });
  const since = new Date(beganInMs - 2 * HOUR_MS);
  await sql.query(
    `INSERT INTO routing_transition (organization_id, routing_id, from_label, to_label, cause, actor, at)
     VALUES ($1, $2, 'draft', 'starting', 'start', 'user:x', $3)`,
    [routing.tenant.organizationId, routing.routingId, since],
  );
  await sql.query('UPDATE routing SET hour_markers = true, hour_markers_since = $2 WHERE id = $1', [
    routing.routingId,
    since,
  ]);
  return routing;
}

async function readMarkers({ prefix }: TestRouting, untilMs = beganInMs): Promise<Marker[]> {
  const keys = (await store.listKeys(prefix)).filter((key) => key.endsWith('/_complete.json'));
  const markers = await Promise.all(
    keys.map(async (key) => ({ key, said: JSON.parse((await store.getObject(key)).body.toString()) })),
  );
  return markers.filter(({ said }) => Date.parse(said.hour) < untilMs);
}

function untilMarked(routing: TestRouting, markers: number, untilMs = beganInMs): Promise<Marker[]> {
  return waitUntil(
    `there are ${markers} markers`,
    async () => {
      const found = await readMarkers(routing, untilMs);
      return found.length >= markers && found;
    },
    DEADLINE_MS,
  );
}

const lastHourMs = () => beganInMs - HOUR_MS;

test('each closed hour gets one marker, with its files as they are in the bucket; a quiet one without any', async () => {
  const routing = await markedRouting({ dataTypes: ['events', 'sync_aliases', 'segment'] });
  await appendLines(log, routing.streamId, numberedLines('m', 30), {
    hourMs: lastHourMs(),
    linesPerChunk: 10,
  });
  const workers = await Promise.all(['w1', 'w2'].map((workerId) => startTestWorker({ database, workerId })));
  // Two hours of two types: snapshots belong to no hour.
  const markers = await untilMarked(routing, 4);
  const deciding = watchRouting(database.sql, routing);
  await deciding.untilDispatched(5);
  await Promise.all(workers.map((worker) => worker.stop()));
  expect(await readMarkers(routing)).toEqual(markers);
  const full = markers.filter(({ said }) => said.totals.files > 0);
  expect(full).toHaveLength(1);
  const { key, said } = full[0]!;
  expect(said).toMatchObject({
    hour: new Date(lastHourMs()).toISOString(),
    accepted_rows: 30,
    elsewhere_rows: 0,
    totals: { rows: 30 },
  });
  for (const file of said.files) {
    const { body } = await store.getObject(file.key);
    const raw = gunzipSync(body);
    expect(file).toMatchObject({ gzip_bytes: body.length, raw_bytes: raw.length });
    expect(file.crc32).toBe(crc32(raw).toString(16).padStart(8, '0'));
    expect(file.key.startsWith(key.slice(0, key.lastIndexOf('/')))).toBe(true);
  }
  const inHour = (await store.listKeys(routing.prefix)).filter((each) => each.endsWith('.gz'));
  expect(said.files.map((file) => file.key)).toEqual(inHour);
  const object = await store.getObject(key);
  expect([object.contentType, object.metadata['sluice-rows']]).toEqual(['application/json', '30']);
  for (const { key: each } of markers) {
    const puts = store.control.seenRequests.list({ operation: 'PutObject', key: each });
    expect(puts.filter(({ status }) => status === 200)).toHaveLength(1);
  }
});

test('appends race with the closing of their hour: the marker’s sum is what the log took, for ever', async () => {
  const { sql } = database;
  const routing = await markedRouting();
  const hourMs = lastHourMs();
  let stored = 0;
  let refused = 0;
  const append = async (writer: number) => {
    for (let turn = 0; refused < 4; turn += 1) {
      const chunk = await testChunk(routing.streamId, numberedLines(`w${writer}`, 3, turn * 3), { hourMs });
      const answer = await log.append({ appendId: randomUUID(), chunks: [chunk], idempotency: [] });
      if (answer.kind === 'stored') stored += 3;
      else refused += 1;
    }
  };
  const appending = [1, 2, 3, 4].map(append);
  await waitUntil('some appends were stored', () => stored >= 30);
  await closeHours(sql, { nowMs: Date.now });
  await Promise.all(appending);
  const worker = await startTestWorker({ database, workerId: 'w1' });
  const marker = await waitUntil('the hour is marked', async () =>
    (await readMarkers(routing)).find(({ said }) => said.hour === new Date(hourMs).toISOString()),
  );
  expect(marker.said).toMatchObject({ accepted_rows: stored, totals: { rows: stored } });
  const late = await testChunk(routing.streamId, numberedLines('late', 1), { hourMs });
  const answer = await log.append({ appendId: randomUUID(), chunks: [late], idempotency: [] });
  expect(answer.kind).not.toBe('stored');
  await worker.stop();
});

test('an hour that does not add up gets no marker and keeps no other hour from its own', async () => {
  const { sql } = database;
  const routing = await markedRouting();
  const worker = await startTestWorker({ database, workerId: 'w1' });
  await untilMarked(routing, 2);
  await worker.stop();
  await sql.query('DELETE FROM hour_marker WHERE routing_id = $1', [routing.routingId]);
  await sql.query(`UPDATE routing SET hour_markers_since = $2 WHERE id = $1`, [
    routing.routingId,
    new Date(beganInMs - 2 * HOUR_MS),
  ]);
  // Rows set aside that nobody accepted.
  await sql.query(
    `WITH one AS (INSERT INTO cut (organization_id, routing_id, lane_id, epoch, destination_version, lo, hi, reason, rows,
        raw_bytes, body_bytes, event_names, state, sealed_at, committed_at)
      SELECT organization_id, routing_id, id, 1, 1, 900, 900, 'age', 1, 1, 1, '{}', 'committed', now(), now()
      FROM lane WHERE routing_id = $1 RETURNING *)
     INSERT INTO cut_set_aside (cut_id, organization_id, routing_id, hour, rows, reason)
     SELECT id, organization_id, routing_id, to_timestamp($2 / 1000.0), 1, 'corrupt' FROM one`,
    [routing.routingId, beganInMs - 2 * HOUR_MS],
  );
  await decideMarkersAnew();
  const { rows } = await sql.query(
    `SELECT (extract(epoch FROM hour) * 1000)::bigint AS hour_ms, state FROM hour_marker
     WHERE routing_id = $1 AND hour < to_timestamp($2 / 1000.0) ORDER BY hour`,
    [routing.routingId, beganInMs],
  );
  expect(rows).toEqual([
    { hour_ms: beganInMs - 2 * HOUR_MS, state: 'skipped' },
    { hour_ms: lastHourMs(), state: 'pending' },
  ]);
});

/** Once, by nobody's turn but ours. */
async function decideMarkersAnew(): Promise<void> {
  await database.sql.query(`DELETE FROM delivery.turn WHERE name = 'decide-hour-markers'`);
  await decideMarkers(database.sql, createLogger('worker', 'silent'));
}

test('no marker while a lane is held or the routing is paused; after it has drained there is one', async () => {
  const { sql } = database;
  const routing = await markedRouting();
  await appendLines(log, routing.streamId, numberedLines('h', 10), { hourMs: lastHourMs() });
  await sql.query(`UPDATE lane SET held_cause = 'conflict' WHERE routing_id = $1`, [routing.routingId]);
  const worker = await startTestWorker({ database, workerId: 'w1' });
  // The quiet hour before it is complete at once.
  expect((await untilMarked(routing, 1)).map(({ said }) => said.accepted_rows)).toEqual([0]);
  const ctx = await createCtxFactory(database).ctxOf('admin');
  const input = { routingId: routing.routingId };
  await pauseRouting({ ctx, input });
  const watch = watchRouting(sql, routing);
  await watch.untilLifecycle('paused');
  await sql.query('UPDATE lane SET held_cause = NULL WHERE routing_id = $1', [routing.routingId]);
  await watch.untilDispatched(6);
  expect(await readMarkers(routing)).toHaveLength(1);
  await resumeRouting({ ctx, input });
  const markers = await untilMarked(routing, 2);
  expect(markers.map(({ said }) => said.accepted_rows).sort()).toEqual([0, 10]);
  await worker.stop();
});

test('a worker that dies between PUT and record leaves the same marker, known again as ours', async () => {
  const { sql } = database;
  const routing = await markedRouting();
  await appendLines(log, routing.streamId, numberedLines('c', 10), { hourMs: lastHourMs() });
  const died: string[] = [];
  const worker = await startTestWorker({
    database,
    workerId: 'w1',
    wrapStore: (s3) => ({
      ...s3,
      putIfAbsent: async (request) => {
        const answer = await s3.putIfAbsent(request);
        if (!request.place.key.endsWith('.json') || died.includes(request.place.key)) return answer;
        died.push(request.place.key);
        throw new Error('The worker dies here');
      },
    }),
  });
  const before = await untilMarked(routing, 2);
  await waitUntil('the leases of the dead have ended and every marker is recorded', async () => {
    await sql.query('UPDATE hour_marker SET lease_until = NULL');
    const { rows } = await sql.query(`SELECT FROM hour_marker WHERE state <> 'written'`);
    return rows.length === 0;
  });
  await worker.stop();
  expect(died).toHaveLength(2);
  expect(await readMarkers(routing)).toEqual(before);
});

test('an hour whose files went to two places has a marker at each, with its own files', async () => {
  const { sql } = database;
  const routing = await markedRouting();
  const worker = await startTestWorker({ database, workerId: 'w1' });
  await untilMarked(routing, 2);
  await worker.stop();
  // The present hour, whose end we bring about.
  const hourMs = beganInMs;
  const heir = await startTestWorker({ database, workerId: 'w2' });
  await appendLines(log, routing.streamId, numberedLines('a', 5), { hourMs });
  await watchRouting(sql, routing).untilCaughtUp();
  await createDestinationVersion({ ...routing, sql, store, prefix: `${routing.prefix}new/`, version: 2 });
  await sql.query('UPDATE routing SET destination_version = 2 WHERE id = $1', [routing.routingId]);
  await appendLines(log, routing.streamId, numberedLines('b', 7), { hourMs });
  await watchRouting(sql, routing).untilCaughtUp();
  const through = new Date(hourMs + HOUR_MS);
  await sql.query('UPDATE log.closing SET closed_through = $1', [through]);
  await sql.query('SELECT log.close_hours($1)', [routing.tenant.workspaceId]);
  const markers = (await untilMarked(routing, 4, hourMs + HOUR_MS)).filter(
    ({ said }) => said.totals.rows > 0,
  );
  await heir.stop();
  const rows = markers.map(({ key, said }) => [
    key.startsWith(`${routing.prefix}new/`),
    said.totals.rows,
    said.elsewhere_rows,
    said.accepted_rows,
  ]);
  expect(rows.sort()).toEqual([
    [false, 5, 7, 12],
    [true, 7, 5, 12],
  ]);
});
