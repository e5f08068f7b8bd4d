import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createLogger } from '@/lib/platform/logger';
import type { ObjectStore } from '@/lib/platform/object-store/object-store';
import { createS3ObjectStore } from '@/lib/platform/object-store/s3-object-store';
import { createOpener } from '@/lib/platform/secret-box/opener';
import { recordHealth } from '@/lib/services/delivery/record-health';
import { watchHealth } from '@/lib/services/delivery/watch-health';
import { createProbeLedger } from '@/lib/services/probe/probe-ledger';
import { readTries } from '@/lib/services/routing/read-tries';
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
  testSealKeyPair,
} from '@/lib/testing/routing';
import { NO_CRASH_POINTS } from '@/workers/delivery/crash-points';
import { type ProbeDeps, probeRound } from './probe-access';

let database: TestDatabase;
let store: TestObjectStore;
let s3: ObjectStore;
let deps: ProbeDeps;
beforeAll(async () => {
  database = await createTestDatabase();
  store = await startTestObjectStore();
  s3 = createS3ObjectStore();
  const opener = createOpener(testSealKeyPair().privateKeyPem);
  deps = {
    probes: createProbeLedger(database.sql, 'w1'),
    store: s3,
    openCredential: (row) => opener.openCredential(row),
    clock: { nowMs: Date.now, monotonicMs: () => performance.now() },
    random: () => 0,
    crashPoints: NO_CRASH_POINTS,
    logger: createLogger('worker', 'silent'),
  };
});
afterAll(async () => {
  s3.close();
  await store.close();
  await database.close();
});

let routing: TestRouting;
let key: { accessKeyId: string; secretAccessKey: string };
let watch: ReturnType<typeof watchRouting>;
/** Active, idle, and quiet for two hours. */
beforeEach(async () => {
  key = await store.control.createKey();
  routing = await createTestRouting({ sql: database.sql, store: { ...store, ...key } });
  watch = watchRouting(database.sql, routing);
  await set(`lifecycle = 'active', health = 'idle', state_since = now() - interval '2 hours'`);
});

async function set(assignments: string): Promise<void> {
  await database.sql.query(`UPDATE routing SET ${assignments} WHERE id = $1`, [routing.routingId]);
}

/** So much time passes: what is due later is due by now, and refusals lie further back. */
async function pass(seconds: number): Promise<void> {
  await database.sql.query(
    `UPDATE access_proof SET due_at = due_at - $2 * interval '1 s', first_denied_at = first_denied_at - $2 * interval '1 s'
     WHERE routing_id = $1`,
    [routing.routingId, seconds],
  );
}

async function probes() {
  const { rows } = await database.sql.query(
    'SELECT outcome, http_status, code FROM access_probe WHERE routing_id = $1 ORDER BY id',
    [routing.routingId],
  );
  return rows;
}

async function proof() {
  const { rows } = await database.sql.query(
    `SELECT proven_at IS NOT NULL AS is_proven, stopped_cause, object_key, failures,
       round(extract(epoch FROM due_at - now()))::int AS due_in_s FROM access_proof WHERE routing_id = $1`,
    [routing.routingId],
  );
  return rows[0];
}

const probe = (wrapped: Partial<ProbeDeps> = {}) => probeRound({ ...deps, ...wrapped }, 100);
const health = async () => {
  const now = await watch.routing();
  return [now.health, now.health_cause];
};

describe('a quiet routing', () => {
  test('proves its access once an hour, stays idle, and leaves nothing behind', async () => {
    await probe();
    expect(await probes()).toEqual([{ outcome: 'done', http_status: 200, code: null }]);
    expect(await proof()).toMatchObject({ is_proven: true, object_key: null });
    expect((await proof()).due_in_s).toBeGreaterThan(3_500);
    expect(await health()).toEqual(['idle', null]);
    expect(await store.listKeys(routing.prefix)).toEqual([]);
    await probe();
    expect(await probes()).toHaveLength(1);
    await pass(3_700);
    await probe();
    expect(await probes()).toHaveLength(2);
  });

  test('that ends or has ended is probed no more', async () => {
    for (const lifecycle of ['draining', 'disabled', 'archived']) {
      await set(`intent = 'disable', lifecycle = '${lifecycle}'`);
      await probe();
      expect(await probes()).toEqual([]);
    }
  });

  test('whose key was revoked is blocked by the probe, with its cause, and clears by itself', async () => {
    await store.control.revokeKey(key);
    await probe();
    expect(await health()).toEqual(['blocked', 'access_key_unknown']);
    expect(await watch.transitions()).toEqual(['idle → blocked']);
    expect((await proof()).due_in_s).toBeLessThanOrEqual(15);
    await watchHealth(database.sql, 'w1');
    expect((await health())[0]).toBe('blocked');
    await store.control.restoreKey(key);
    await pass(15);
    await probe();
    expect(await health()).toEqual(['healthy', null]);
  });

  test('blocked over a file that was given up since clears by a probe that went well, and not while it waits', async () => {
    const { sql } = database;
    const { routingId, streamId } = routing;
    await appendLines(createPostgresEventLog({ sql }), streamId, numberedLines('x', 1));
    await set(`health = 'blocked', health_cause = 'access_key_unknown'`);
    await sql.query('UPDATE lane SET failures = 3 WHERE routing_id = $1', [routingId]);
    const proven = { news: { kind: 'proven' }, workerId: 'w1' } as const;
    await recordHealth(sql, routingId, proven);
    expect(await health()).toEqual(['blocked', 'access_key_unknown']);
    // As giving a file up leaves its lane: behind it, and its failures kept.
    await sql.query('UPDATE lane SET next = 1, done = 1 WHERE routing_id = $1', [routingId]);
    await probe();
    expect(await probes()).toHaveLength(1);
    expect(await health()).toEqual(['healthy', null]);
  });

  test('refused without a reason is blocked by the third probe, within a minute', async () => {
    await store.control.deny({ accessKeyId: key.accessKeyId, action: 's3:PutObject' });
    await probe();
    expect(await health()).toEqual(['failing', 'access_denied_unconfirmed']);
    await pass(12);
    await probe();
    expect((await health())[0]).toBe('failing');
    await pass(12);
    await probe();
    expect(await health()).toEqual(['blocked', 'access_denied']);
    expect(await probes()).toHaveLength(3);
  });

  test('with new access is probed at once, though it was found refused a moment ago', async () => {
    const { sql } = database;
    const { tenant, routingId, prefix } = routing;
    await store.control.revokeKey(key);
    await probe();
    const fresh = { ...store, ...(await store.control.createKey()) };
    await createDestinationVersion({ sql, store: fresh, tenant, routingId, prefix, version: 2 });
    await set('destination_version = 2');
    await probe();
    expect(await health()).toEqual(['healthy', null]);
  });

  test('is not judged by a store that is slow or out of order', async () => {
    const match = { operation: 'PutObject' as const, prefix: routing.prefix };
    const effect = { kind: 'answer', status: 503, code: 'SlowDown' } as const;
    store.control.faults.add({ match, effect, times: 1 });
    await probe();
    expect(await health()).toEqual(['idle', null]);
    expect(await proof()).toMatchObject({ is_proven: false, failures: 1 });
  });

  test('that may not delete leaves one object a day, and removes it once it may', async () => {
    const { denialId } = await store.control.deny({
      accessKeyId: key.accessKeyId,
      action: 's3:DeleteObject',
    });
    const dayMs = 24 * 3_600_000;
    const at = (days: number) => ({ clock: { ...deps.clock, nowMs: () => Date.now() + days * dayMs } });
    await probe();
    await pass(3_700);
    await probe();
    expect((await probes()).map(({ http_status }) => http_status)).toEqual([200, 412]);
    expect(await proof()).toMatchObject({ is_proven: true, failures: 0 });
    expect(await store.listKeys(routing.prefix)).toEqual([(await proof()).object_key]);
    await store.control.allow({ denialId });
    await pass(3_700);
    await probe(at(1));
    expect(await store.listKeys(routing.prefix)).toEqual([]);
  });

  test('of a bucket that keeps versions is never probed again', async () => {
    const versioned: ObjectStore = {
      ...s3,
      putIfAbsent: async (request) => {
        const answer = await s3.putIfAbsent(request);
        return answer.kind === 'ok' ? { ...answer, value: { ...answer.value, versionId: 'v1' } } : answer;
      },
    };
    await probe({ store: versioned });
    expect(await proof()).toMatchObject({ stopped_cause: 'versioned' });
    await pass(100_000);
    await probe({ store: versioned });
    expect(await probes()).toHaveLength(1);
  });

  test('shows its probes among its tries', async () => {
    await store.control.revokeKey(key);
    await probe();
    const ctx = await createCtxFactory(database).ctxOf('ops');
    const tries = await readTries({ ctx, input: { routingId: routing.routingId } });
    expect(tries.lastTries).toMatchObject([
      { kind: 'probe', code: 'InvalidAccessKeyId', outcome: 'refused' },
    ]);
  });
});

describe('nobody probes', () => {
  test.each([
    ['is paused', `intent = 'pause', lifecycle = 'paused'`],
    ['shall not be probed', 'access_probe = false'],
    ['has changed its status within the hour', 'state_since = now()'],
  ])('a routing that %s', async (_, assignments) => {
    await set(assignments);
    await probe();
    expect(await probes()).toEqual([]);
  });

  test('what has events to deliver: their PUT proves more', async () => {
    const log = createPostgresEventLog({ sql: database.sql });
    await appendLines(log, routing.streamId, numberedLines('x', 1));
    await set(`health = 'blocked', health_cause = 'access_denied'`);
    await probe();
    expect(await probes()).toEqual([]);
  });
});

test('of several workers one probes, and no more than it was told to', async () => {
  const before = await database.sql.query('SELECT 1 FROM access_probe');
  await Promise.all(
    ['a', 'b', 'c'].map((worker) => probe({ probes: createProbeLedger(database.sql, worker) })),
  );
  expect(await probes()).toHaveLength(1);
  const after = await database.sql.query('SELECT 1 FROM access_probe');
  expect(after.rows.length - before.rows.length).toBe(1);
});
