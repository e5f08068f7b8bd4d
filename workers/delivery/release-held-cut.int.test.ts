import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listHeldCuts } from '@/lib/services/delivery/list-held-cuts';
import { releaseHeldCut } from '@/lib/services/delivery/release-held-cut';
import { retryHeld } from '@/lib/services/delivery/retry-held';
import { watchHealth } from '@/lib/services/delivery/watch-health';
import { codeOf } from '@/lib/testing/code-of';
import { createCtxFactory } from '@/lib/testing/ctx';
import { readDeliveredLines } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { createDeliverySuite } from '@/lib/testing/delivery-suite';
import type { TestObjectStore } from '@/lib/testing/object-store';
import {
  appendLines,
  createDestinationVersion,
  createTestRouting,
  numberedLines,
  type TestRouting,
} from '@/lib/testing/routing';

const { database, store, log, close } = await createDeliverySuite();
const ctx = await createCtxFactory(database).ctxOf('ops');
afterEach(() => {
  store.control.faults.clear();
});
afterAll(close);

type Effect = Parameters<TestObjectStore['control']['faults']['add']>[0]['effect'];
const UNAVAILABLE: Effect = { kind: 'answer', status: 503, code: 'ServiceUnavailable' };
const DENIED: Effect = { kind: 'answer', status: 403, code: 'AccessDenied' };

let routing: TestRouting;
let watch: ReturnType<typeof watchRouting>;
let lines: string[];
beforeEach(async () => {
  routing = await createTestRouting({ sql: database.sql, store });
  watch = watchRouting(database.sql, routing);
  lines = numberedLines(routing.routingId.slice(0, 8), 20);
});

function strike(effect: Effect, times: number | null): void {
  const match = { operation: 'PutObject' as const, prefix: routing.prefix };
  store.control.faults.add({ match, effect, times });
}

/** The routing delivers elsewhere now; nobody else is told. */
async function moveTo(prefix: string): Promise<void> {
  const { sql } = database;
  const { tenant, routingId } = routing;
  await createDestinationVersion({ sql, store, tenant, routingId, prefix, version: 2 });
  await sql.query('UPDATE routing SET destination_version = 2 WHERE id = $1', [routingId]);
}

async function held() {
  const { cuts } = await listHeldCuts({ ctx, input: { routingId: routing.routingId } });
  expect(cuts).toHaveLength(1);
  return cuts[0]!;
}

function release(to: 'present_destination' | 'gap', cutId: number, generation?: number) {
  const said = { reason: 'The bucket is gone', mayExistInBothPlaces: true as const };
  const input = { routingId: routing.routingId, cutId, to, ...said };
  return releaseHeldCut({ ctx, input: generation === undefined ? input : { ...input, generation } });
}

async function auditOf(action: string) {
  return database.db.auditEvent.findMany({
    where: { target: `routing:${routing.routingId}`, action },
    select: { actor: true, detail: true },
  });
}

describe('a cut that may exist at a place that fails for ever', () => {
  beforeEach(async () => {
    strike({ kind: 'drop', applied: true }, 1);
    strike(UNAVAILABLE, null);
    await appendLines(log, routing.streamId, lines);
    await watch.untilBackingOff(2);
  });

  test('goes where its routing delivers now once a person accepts it, and stays at the old place', async () => {
    await moveTo('elsewhere/');
    const cut = await held();
    expect(cut).toMatchObject({ heldCause: null, inFlightUntil: null, generation: 1 });
    expect(cut.files).toMatchObject([{ rows: 20, mayExist: true, lastAttempt: { outcome: 'unknown' } }]);
    expect(await release('present_destination', cut.cutId)).toMatchObject({ generation: 2, files: 1 });
    await watch.untilCaughtUp();
    expect(await readDeliveredLines(store, database.sql, 'elsewhere/')).toEqual([...lines].sort());
    expect(await store.listKeys(routing.prefix)).toEqual([cut.files[0]!.key]);
    const [entry] = await auditOf('routing.release');
    expect(entry).toMatchObject({
      actor: `user:${ctx.actor.userId}`,
      detail: {
        to: 'present_destination',
        reason: 'The bucket is gone',
        generation: 2,
        rows: 20,
        mayExist: true,
        fromKeys: [cut.files[0]!.key],
      },
    });
  });

  test('becomes a gap that says that it may exist, and the lane goes on behind it', async () => {
    const cut = await held();
    await release('gap', cut.cutId);
    const { rows } = await database.sql.query(
      'SELECT lo, hi, rows, cause, may_exist, reason FROM gap WHERE routing_id = $1',
      [routing.routingId],
    );
    expect(rows).toEqual([
      { lo: 0, hi: 0, rows: 20, cause: 'released', may_exist: true, reason: 'The bucket is gone' },
    ]);
    store.control.faults.clear();
    const more = numberedLines('more', 5);
    await appendLines(log, routing.streamId, more);
    await watch.untilCaughtUp();
    const { rows: files } = await database.sql.query(
      `SELECT sum(rows)::int AS rows FROM file WHERE routing_id = $1 AND state = 'delivered'`,
      [routing.routingId],
    );
    expect(files).toEqual([{ rows: 5 }]);
  });

  test('waits for an upload that may be under way, and says until when', async () => {
    const { sql } = database;
    const cut = await held();
    await sql.query(
      `INSERT INTO attempt (organization_id, routing_id, file_id, generation, number, worker_id, deadline_at)
       SELECT organization_id, routing_id, id, 1, 99, 'frozen', now() + interval '30 seconds' FROM file WHERE id = $1`,
      [cut.files[0]!.id],
    );
    expect(Date.parse((await held()).inFlightUntil!)).toBeGreaterThan(Date.now());
    await expect(release('present_destination', cut.cutId)).rejects.toThrow(
      /may still be under way until \d\d:/,
    );
    expect(await codeOf(release('gap', cut.cutId))).toBe('PRECONDITION');
    await sql.query(
      `UPDATE attempt SET deadline_at = now() - interval '6 seconds' WHERE worker_id = 'frozen'`,
    );
    expect(await codeOf(release('present_destination', cut.cutId))).toBe('none');
  });

  test('moves on once, for whoever looked at what is still so', async () => {
    const { cutId } = await held();
    expect(await codeOf(release('present_destination', cutId, 7))).toBe('CONFLICT');
    const codes = await Promise.all([1, 2, 3].map(() => codeOf(release('present_destination', cutId, 1))));
    expect(codes.filter((code) => code === 'none')).toHaveLength(1);
  });
});

test('a stranger’s object under our key is left alone: released, the file goes under another key', async () => {
  strike({ kind: 'foreign-object', text: 'a stranger’s' }, 1);
  await appendLines(log, routing.streamId, lines);
  await watch.untilHealth('blocked', 'conflict');
  const cut = await held();
  expect(cut).toMatchObject({ heldCause: 'conflict', files: [{ isConflict: true, mayExist: false }] });
  await release('present_destination', cut.cutId);
  await watch.untilCaughtUp();
  await watch.untilHealth('healthy', null);
  const keys = await store.listKeys(routing.prefix);
  expect(keys).toHaveLength(2);
  expect((await store.getObject(cut.files[0]!.key)).body.toString()).toBe('a stranger’s');
});

test('a hold is let go by whoever has looked, and what was held is tried again at the same place', async () => {
  strike({ kind: 'foreign-object' }, 1);
  await appendLines(log, routing.streamId, lines);
  await watch.untilHealth('blocked', 'conflict');
  const [key] = await store.listKeys(routing.prefix);
  await store.deleteObject(key!);
  await retryHeld({ ctx, input: { routingId: routing.routingId } });
  await watch.untilCaughtUp();
  expect(await readDeliveredLines(store, database.sql, routing.prefix)).toEqual([...lines].sort());
  expect(await auditOf('routing.retry')).toMatchObject([{ detail: { heldCauses: ['conflict'] } }]);
  expect(await codeOf(retryHeld({ ctx, input: { routingId: routing.routingId } }))).toBe('PRECONDITION');
});

test('a routing of which the one held file was given up is not blocked by it any more', async () => {
  strike({ kind: 'foreign-object' }, 1);
  await appendLines(log, routing.streamId, lines);
  await watch.untilHealth('blocked', 'conflict');
  await release('gap', (await held()).cutId);
  await watchHealth(database.sql, 'w1');
  expect((await watch.routing()).health).not.toBe('blocked');
});

test('nothing is released that does not stand still, and nothing without a reason and a confirmation', async () => {
  const { routingId } = routing;
  expect(await codeOf(release('gap', 1))).toBe('PRECONDITION');
  const input = { routingId, cutId: 1, to: 'gap' as const, reason: ' ', mayExistInBothPlaces: true as const };
  expect(await codeOf(releaseHeldCut({ ctx, input }))).toBe('VALIDATION');
  strike(DENIED, null);
  await appendLines(log, routing.streamId, lines);
  await watch.untilBackingOff(1);
  const { cutId } = await held();
  const unconfirmed = { routingId, cutId, to: 'gap', reason: 'Gone', mayExistInBothPlaces: false };
  expect(await codeOf(releaseHeldCut({ ctx, input: unconfirmed as never }))).toBe('VALIDATION');
});
