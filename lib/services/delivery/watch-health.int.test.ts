import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { type CtxFactory, createCtxFactory } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { watchRouting } from '@/lib/testing/delivery-state';
import { markMeasured } from '@/lib/testing/measured';
import { appendLines, createTestRouting, numberedLines, type TestRouting } from '@/lib/testing/routing';
import { getRouting } from '../routing/get';
import { listRoutings } from '../routing/list';
import { recordHealth } from './record-health';
import { watchHealth } from './watch-health';
import { writeRoutingStates } from './write-routing-state';

const PLACE = {
  endpoint: 'http://127.0.0.1:9',
  bucket: 'b',
  region: 'eu-west-1',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const PROMISE_S = 300;
/** Longer than late takes to begin. */
const LATE_S = 125;

let database: TestDatabase;
let people: CtxFactory;
let routing: TestRouting;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createCtxFactory(database);
});
afterAll(() => database.close());

beforeEach(async () => {
  routing = await createTestRouting({ sql: database.sql, store: PLACE });
  await set(`lifecycle = 'active', health = 'healthy'`);
});

async function set(assignment: string): Promise<void> {
  await database.sql.query(`UPDATE routing SET ${assignment} WHERE id = $1`, [routing.routingId]);
}

async function setLane(assignment: string): Promise<void> {
  await database.sql.query(`UPDATE lane SET ${assignment} WHERE routing_id = $1`, [routing.routingId]);
}

/** One event is accepted, and its lane waits since so many seconds. */
async function letWait(seconds: number): Promise<void> {
  const log = createPostgresEventLog({ sql: database.sql });
  await appendLines(log, routing.streamId, numberedLines('x', 1));
  await setLane(`pending_since = clock_timestamp() - interval '${seconds} seconds'`);
}

async function letDrain(): Promise<void> {
  await setLane(`next = (SELECT next_offset FROM log.stream WHERE id = stream_id),
    done = (SELECT next_offset FROM log.stream WHERE id = stream_id), pending_since = NULL, failures = 0`);
}

/** So much time passes between two looks: what began lies further back. */
async function pass(seconds: number): Promise<void> {
  const back = `- interval '${seconds} seconds'`;
  await set(`over_promise_since = over_promise_since ${back}`);
  await setLane(`pending_since = pending_since ${back}`);
  await database.sql.query(
    `UPDATE log.chunk SET received_min = received_min ${back}, received_max = received_max ${back} WHERE stream_id = $1`,
    [routing.streamId],
  );
}

async function failTries(code: string, httpStatus: number | null, tries: number): Promise<void> {
  await database.sql.query(
    `WITH c AS (
       INSERT INTO cut (organization_id, routing_id, lane_id, epoch, destination_version, lo, hi, reason, rows,
         raw_bytes, body_bytes, state)
       SELECT organization_id, routing_id, id, 1, 1, 0, 0, 'age', 1, 1, 1, 'sealed' FROM lane WHERE routing_id = $1
       RETURNING *),
     f AS (
       INSERT INTO file (id, organization_id, routing_id, cut_id, position, endpoint, bucket, key, type, lo, hi, kind,
         rows, raw_bytes, crc_raw, received_min, received_max, received_sum_ms, state)
       SELECT gen_random_uuid(), organization_id, routing_id, id, 0, '', 'b', $1::text, 'events', 0, 0, 'stitched', 1,
         1, 0, now(), now(), 0, 'sealed' FROM c RETURNING *)
     INSERT INTO attempt (organization_id, routing_id, file_id, generation, number, worker_id, deadline_at, ended_at,
       outcome, http_status, code)
     SELECT organization_id, routing_id, id, 1, n, 'w', now(), clock_timestamp(), 'unknown', $3, $2
     FROM f, generate_series(1, $4) n`,
    [routing.routingId, code, httpStatus, tries],
  );
}

const look = () => watchHealth(database.sql, 'w1');
const health = async () => {
  const now = await watchRouting(database.sql, routing).routing();
  return [now.health, now.health_cause];
};
const history = () => watchRouting(database.sql, routing).transitions();

describe('late', () => {
  test('appears only after two minutes over the promise, and clears after three clean looks', async () => {
    await letWait(PROMISE_S - 5);
    await look();
    expect(await health()).toEqual(['healthy', null]);
    await pass(10);
    await look();
    await pass(110);
    await look();
    expect(await health()).toEqual(['healthy', null]);
    await pass(10);
    await look();
    expect(await health()).toEqual(['late', 'behind']);

    await letDrain();
    for (const clean of ['late', 'late', 'healthy']) {
      await look();
      expect((await health())[0]).toBe(clean);
    }
    expect(await history()).toEqual(['delivering → late', 'late → delivering']);
  });

  test('begins the count anew when it was fresh in between', async () => {
    await letWait(PROMISE_S + 5);
    await look();
    await pass(100);
    await letDrain();
    await look();
    await letWait(PROMISE_S + 5);
    await look();
    await pass(110);
    await look();
    expect(await health()).toEqual(['healthy', null]);
  });

  test('names AWS where the store throttles, and follows the cause as it changes', async () => {
    await letWait(PROMISE_S + 5);
    await look();
    await pass(LATE_S);
    await failTries('SlowDown', 503, 3);
    await look();
    expect(await health()).toEqual(['late', 'SlowDown']);
    const ctx = await people.ctxOf('ops');
    const view = await getRouting({ ctx, input: { routingId: routing.routingId } });
    expect(view).toMatchObject({ label: 'late', whoseMove: 'aws' });
    await database.sql.query(
      `UPDATE attempt SET ended_at = ended_at - interval '6 minutes' WHERE routing_id = $1`,
      [routing.routingId],
    );
    await look();
    expect(await health()).toEqual(['late', 'behind']);
    expect(await history()).toEqual(['delivering → late']);
  });

  test('is not blamed on marks that were given up before anything was sent, nor is a failing share', async () => {
    await letWait(PROMISE_S + 5);
    await look();
    await pass(LATE_S);
    await failTries('NotSent', null, 3);
    const news = { kind: 'failed', cause: 'SlowDown' } as const;
    await recordHealth(database.sql, routing.routingId, { news, workerId: 'w1' });
    expect(await health()).toEqual(['healthy', null]);
    await look();
    expect(await health()).toEqual(['late', 'behind']);
  });

  test('does not hide that it is blocked, and follows it while what was held drains', async () => {
    await set(`health = 'blocked', health_cause = 'access_denied'`);
    await letWait(PROMISE_S + 5);
    await look();
    await pass(LATE_S);
    await look();
    expect(await health()).toEqual(['blocked', 'access_denied']);
    const { rows } = await database.sql.query<{ id: number }>('SELECT id FROM lane WHERE routing_id = $1', [
      routing.routingId,
    ]);
    const news = { kind: 'delivered', laneId: rows[0]!.id } as const;
    await recordHealth(database.sql, routing.routingId, { news, workerId: 'w' });
    expect(await health()).toEqual(['late', 'behind']);
    expect(await history()).toEqual(['blocked → late']);
  });

  test('is not what is paused: it counts anew when it runs again', async () => {
    await letWait(PROMISE_S + 5);
    await look();
    await pass(LATE_S);
    await set(`lifecycle = 'paused', intent = 'pause'`);
    await look();
    await set(`lifecycle = 'active', intent = 'run'`);
    await look();
    expect(await health()).toEqual(['healthy', null]);
    expect(await history()).toEqual([]);
  });
});

test('what is late says how long it drains, by how old it was minutes ago; what is not says nothing', async () => {
  await letWait(PROMISE_S);
  const lag = `INSERT INTO cut_latency (cut_id, organization_id, routing_id, committed_at, rows, within_rows, sum_ms,
      max_ms, waiting_ms, batching_ms, uploading_ms, retrying_ms, files, raw_bytes, gzip_bytes, sketch)
    SELECT id, organization_id, routing_id, now() - interval '240 seconds', 1, 0, 0, 540000, 0, 0, 0, 0, 1, 1, 1, ''
    FROM cut WHERE routing_id = $1`;
  await failTries('SlowDown', 503, 1);
  await database.sql.query(lag, [routing.routingId]);
  const ctx = await people.ctxOf('ops');
  const read = async () => (await getRouting({ ctx, input: { routingId: routing.routingId } })).drainMs;
  expect(await read()).toBeNull();
  await set(`health = 'late'`);
  // From 540 s to 300 s in 240 s: about as many seconds again as it is old, however slow this machine is.
  const drainS = ((await read()) ?? 0) / 1_000;
  expect(drainS).toBeGreaterThan(PROMISE_S - 60);
  expect(drainS).toBeLessThan(PROMISE_S + 300);
});

describe('idle', () => {
  test('is a routing without an event for a quarter of an hour, until the next one is delivered', async () => {
    await letWait(1);
    await letDrain();
    await pass(14 * 60);
    await look();
    expect(await health()).toEqual(['healthy', null]);
    await pass(2 * 60);
    await look();
    expect(await health()).toEqual(['idle', null]);
    await letWait(1);
    await look();
    expect(await health()).toEqual(['idle', null]);
    await recordHealth(database.sql, routing.routingId, {
      news: { kind: 'delivered', laneId: -1 },
      workerId: 'w',
    });
    expect(await health()).toEqual(['healthy', null]);
    expect(await history()).toEqual(['delivering → idle', 'idle → delivering']);
  });

  test('is not a routing whose events wait', async () => {
    await letWait(1);
    await pass(200);
    await look();
    expect(await health()).toEqual(['healthy', null]);
  });
});

test('a hold over missing chunks that a resume has skipped ends without a delivery', async () => {
  await set(`health = 'blocked', health_cause = 'chunk_missing'`);
  await letWait(1);
  await setLane(`held_cause = 'chunk_missing'`);
  await look();
  expect(await health()).toEqual(['blocked', 'chunk_missing']);
  await setLane('held_cause = NULL');
  await letDrain();
  await look();
  expect(await health()).toEqual(['healthy', null]);
});

test('of watchers and deliveries at the same moment one writes, and the history is one chain', async () => {
  const change = (health: 'late' | 'blocked') => ({
    routingId: routing.routingId,
    from: { lifecycle: 'active', health: 'healthy', cause: null } as const,
    to: { lifecycle: 'active', health, cause: 'c' } as const,
    cause: 'test',
  });
  const { sql } = database;
  await Promise.all(
    Array.from({ length: 8 }, (_, n) => writeRoutingStates(sql, [change(n % 2 ? 'late' : 'blocked')], 'w')),
  );
  const [written] = await health();
  expect(await history()).toEqual([`delivering → ${written}`]);
});

describe('without a watcher for a minute', () => {
  const read = async () => {
    const { tenant, routingId } = routing;
    const ops = await people.ctxOf('ops');
    const customer = await people.ctxOf('customer_viewer', tenant);
    const input = { organizationId: tenant.organizationId };
    const seen = [
      await getRouting({ ctx: ops, input: { routingId } }),
      await getRouting({ ctx: customer, input: { routingId } }),
      ...(await listRoutings({ ctx: ops, input })).routings,
      ...(await listRoutings({ ctx: customer, input })).routings,
    ];
    expect(seen).toHaveLength(4);
    return new Set(seen.map(({ label, isMeasured }) => `${label} ${isMeasured}`));
  };

  test.each([
    ['healthy', 'delivering'],
    ['idle', 'idle'],
  ])(
    'a routing that was %s reads unmeasured, to vendor and customer, alone and in the list',
    async (...row) => {
      const [health, label] = row;
      await set(`health = '${health}'`);
      await markMeasured(database.sql, 50);
      expect(await read()).toEqual(new Set([`${label} true`]));
      await markMeasured(database.sql, 61);
      expect(await read()).toEqual(new Set(['unknown false']));
    },
  );

  test.each(['failing', 'late'])('a %s one stays so: nobody has seen it end', async (health) => {
    await set(`health = '${health}'`);
    await markMeasured(database.sql, 61);
    expect(await read()).toEqual(new Set([`${health} false`]));
  });

  test('a blocked one stays blocked, and the next look makes it measured again', async () => {
    await set(`health = 'blocked', health_cause = 'access_denied'`);
    await markMeasured(database.sql, 61);
    expect(await read()).toEqual(new Set(['blocked false']));
    await look();
    expect(await read()).toEqual(new Set(['blocked true']));
  });
});

describe('on its way', () => {
  const stuckSince = async () => {
    const ctx = await people.ctxOf('ops');
    const view = await getRouting({ ctx, input: { routingId: routing.routingId } });
    return { stuckFor: view.stuckSince, mover: view.whoseMove };
  };

  test('a pause is stuck 15 s after the last PUT in flight was given up', async () => {
    await letWait(1);
    await set(`lifecycle = 'pausing', intent = 'pause', state_since = now() - interval '2 minutes'`);
    expect((await stuckSince()).stuckFor).not.toBeNull();
    await failTries('x', 0, 1);
    await database.sql.query(
      `UPDATE attempt SET outcome = NULL, ended_at = NULL, deadline_at = now() - interval '10 seconds' WHERE routing_id = $1`,
      [routing.routingId],
    );
    expect((await stuckSince()).stuckFor).toBeNull();
    await database.sql.query(
      `UPDATE attempt SET deadline_at = now() - interval '16 seconds' WHERE routing_id = $1`,
      [routing.routingId],
    );
    const { stuckFor, mover } = await stuckSince();
    expect(stuckFor).not.toBeNull();
    expect(mover).toBe('us');
  });

  test('a start waits for its first event for ever, and owes it within the promise', async () => {
    await set(`lifecycle = 'starting', health = 'unknown', state_since = now() - interval '1 day'`);
    expect((await stuckSince()).stuckFor).toBeNull();
    await letWait(PROMISE_S - 10);
    expect((await stuckSince()).stuckFor).toBeNull();
    await pass(20);
    expect((await stuckSince()).stuckFor).not.toBeNull();
    await set(`health = 'blocked', health_cause = 'bucket_missing'`);
    expect(await stuckSince()).toEqual({ stuckFor: null, mover: 'customer' });
  });
});

describe('failing', () => {
  const fail = () =>
    recordHealth(database.sql, routing.routingId, {
      news: { kind: 'failed', cause: 'SlowDown' },
      workerId: 'w',
    });

  test('ends within five minutes of its last failure, also where nothing is delivered any more', async () => {
    await failTries('SlowDown', 503, 3);
    await fail();
    expect(await health()).toEqual(['failing', 'SlowDown']);
    await look();
    expect(await health()).toEqual(['failing', 'SlowDown']);
    await database.sql.query(
      `UPDATE attempt SET ended_at = ended_at - interval '5 minutes' WHERE routing_id = $1`,
      [routing.routingId],
    );
    await look();
    expect(await health()).toEqual(['idle', null]);
    expect(await history()).toEqual(['delivering → failing', 'failing → idle']);
  });

  test('is not ended by one confirmed PUT while the share lasts', async () => {
    await failTries('SlowDown', 503, 3);
    await fail();
    const { rows } = await database.sql.query<{ id: number }>('SELECT id FROM lane WHERE routing_id = $1', [
      routing.routingId,
    ]);
    const news = { kind: 'delivered', laneId: rows[0]!.id } as const;
    await recordHealth(database.sql, routing.routingId, { news, workerId: 'w' });
    expect(await health()).toEqual(['failing', 'SlowDown']);
  });
});
