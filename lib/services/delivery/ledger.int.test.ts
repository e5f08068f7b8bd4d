import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SealedFile } from '@/lib/domain/delivery/sealed-file';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { appendLines, createTestRouting, numberedLines, type TestRouting } from '@/lib/testing/routing';
import { waitUntil } from '@/lib/testing/wait-until';
import { closeLostAttempts } from './close-lost-attempts';
import { createDeliveryLedger } from './create-delivery-ledger';
import type { ClaimedLane, DeliveryLedger, SealRequest } from './delivery-ledger';
import { dispatchDueLanes } from './dispatch-due-lanes';
import { settleRoutings } from './settle-routings';
import { takeTurn } from './take-turn';

const PLACE = {
  endpoint: 'http://127.0.0.1:9',
  bucket: 'b',
  region: 'eu-west-1',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

let database: TestDatabase;
let ledger: DeliveryLedger;
beforeAll(async () => {
  database = await createTestDatabase({ connectionsMax: 20 });
  ledger = createDeliveryLedger(database.sql);
});
afterAll(() => database.close());

let routing: TestRouting;
let laneId: number;
beforeEach(async () => {
  routing = await createTestRouting({ sql: database.sql, store: PLACE });
  await appendLines(createPostgresEventLog({ sql: database.sql }), routing.streamId, numberedLines('l', 10), {
    linesPerChunk: 5,
  });
  laneId = await laneOf(routing);
  await makeDue();
});

async function laneOf({ routingId }: TestRouting): Promise<number> {
  const { rows } = await database.sql.query<{ id: number }>('SELECT id FROM lane WHERE routing_id = $1', [
    routingId,
  ]);
  return rows[0]!.id;
}

async function makeDue(): Promise<void> {
  await setLane(`pending_since = now() - interval '1 day'`);
}

async function setLane(assignments: string): Promise<void> {
  await database.sql.query(`UPDATE lane SET ${assignments} WHERE id = $1`, [laneId]);
}

async function claim(): Promise<ClaimedLane> {
  const lane = await ledger.claimLane({ laneId, epoch: 1 }, 10_000);
  if (lane === null) throw new Error('The lane was not claimed');
  return lane;
}

function sealRequest(lane: ClaimedLane): SealRequest {
  const totals = { rows: 10, rawBytes: 100, bodyBytes: 50 };
  const key = `${routing.prefix}${randomUUID()}`;
  const file = {
    ...totals,
    fileId: randomUUID(),
    generation: 1,
    key,
    hourMs: 0,
    lo: 0,
    hi: 1,
    kind: 'stitched' as const,
    crcRaw: 4_294_967_295,
    receivedMinMs: 1,
    receivedMaxMs: 2,
    receivedSumMs: 15n,
  };
  const marked = { workerId: 'w', deadlineMs: 30_000 };
  return {
    lane,
    lo: 0,
    hi: 1,
    reason: 'age',
    ...totals,
    sealedAtMs: 1_000,
    files: [file],
    setAside: [],
    ...marked,
  };
}

async function sealOne(): Promise<{ file: SealedFile; cutId: number; attemptId: number }> {
  const sealed = await ledger.sealCut(sealRequest(await claim()));
  const cut = await ledger.readOpenCut(laneId);
  return { file: cut!.openFiles[0]!, cutId: sealed!.cutId, attemptId: sealed!.attemptId! };
}

function end(attemptId: number, outcome: 'done' | 'refused' | 'unknown' = 'done') {
  return { attemptId, outcome, httpStatus: 200, code: null, requestId: null, message: null };
}

describe('dispatch', () => {
  test('a lane becomes pending since its oldest undelivered line, and due by age', async () => {
    await setLane('pending_since = NULL');
    await database.sql.query('DELETE FROM delivery.turn');
    await dispatchDueLanes(database.sql, 0);
    const { rows } = await database.sql.query<{ exact: boolean }>(
      `SELECT l.pending_since = c.received_min AS exact FROM lane l JOIN log.chunk c
       ON c.stream_id = l.stream_id AND c."offset" = 0 WHERE l.id = $1`,
      [laneId],
    );
    expect(rows).toEqual([{ exact: true }]);
  });

  async function isDispatched(): Promise<boolean> {
    const due = await dispatchDueLanes(database.sql, 0);
    return due.some((lane) => lane.laneId === laneId);
  }

  test.each([
    ['not running', 'running = false'],
    ['held', `held_cause = 'conflict'`],
    ['in back-off', `not_before = now() + interval '1 minute'`],
    ['in other hands', `lease_until = now() + interval '1 minute'`],
    ['young and small', "pending_since = now() + interval '1 minute'"],
  ])('a lane that is %s is not due', async (_, assignments) => {
    expect(await isDispatched()).toBe(true);
    await setLane(assignments);
    expect(await isDispatched()).toBe(false);
  });

  test('a lane with an open cut is due however young it is', async () => {
    await sealOne();
    await setLane(`lease_until = NULL, pending_since = now() + interval '1 minute'`);
    expect(await isDispatched()).toBe(true);
  });

  test('a lane with 32 MB is due however young it is, and behind with 128 MB or after a failure', async () => {
    await setLane(`pending_since = now() + interval '1 minute', body_bytes_done = -${33 * 1024 * 1024}`);
    const behind = async () =>
      (await dispatchDueLanes(database.sql, 0)).find((lane) => lane.laneId === laneId)?.isBehind;
    expect(await behind()).toBe(false);
    await setLane(`body_bytes_done = -${129 * 1024 * 1024}`);
    expect(await behind()).toBe(true);
    await setLane(`body_bytes_done = -${33 * 1024 * 1024}, failures = 1`);
    expect(await behind()).toBe(true);
  });

  test('of many processes one has the turn, and the next period another may', async () => {
    const name = randomUUID();
    const turns = await Promise.all(Array.from({ length: 10 }, () => takeTurn(database.sql, name, 60_000)));
    expect(turns.filter((mine) => mine)).toHaveLength(1);
    await database.sql.query(
      `UPDATE delivery.turn SET taken_at = taken_at - interval '1 minute' WHERE name = $1`,
      [name],
    );
    expect(await takeTurn(database.sql, name, 60_000)).toBe(true);
  });
});

describe('claiming', () => {
  test('of many workers one gets the lane', async () => {
    const claims = await Promise.all(
      Array.from({ length: 10 }, () => ledger.claimLane({ laneId, epoch: 1 }, 10_000)),
    );
    expect(claims.filter((lane) => lane !== null)).toHaveLength(1);
  });

  test('a wake-up of an older epoch gets nothing', async () => {
    await setLane('epoch = 2');
    expect(await ledger.claimLane({ laneId, epoch: 1 }, 10_000)).toBeNull();
  });
});

describe('sealing', () => {
  test('of two workers that both believe to own the lane one seals, and the other writes nothing', async () => {
    const lane = await claim();
    const seals = await Promise.all([
      ledger.sealCut(sealRequest(lane)),
      ledger.sealCut(sealRequest(lane)),
      ledger.sealCut(sealRequest(lane)),
    ]);
    expect(seals.filter((sealed) => sealed !== null)).toHaveLength(1);
    const { rows } = await database.sql.query('SELECT id FROM file WHERE routing_id = $1', [
      routing.routingId,
    ]);
    expect(rows).toHaveLength(1);
  });

  test.each([
    ['another epoch', 'epoch = 2'],
    ['a pause', 'running = false'],
    ['a hold', `held_cause = 'conflict'`],
    ['another next', 'next = 2, done = 2'],
    ['an open cut', 'next = 2'],
  ])('refuses after %s', async (_, assignments) => {
    const lane = await claim();
    await setLane(assignments);
    expect(await ledger.sealCut(sealRequest(lane))).toBeNull();
  });

  test('keeps what it was given, to the last digit, and marks the first file', async () => {
    const { file, attemptId } = await sealOne();
    expect(file).toMatchObject({ lo: 0, hi: 1, hourMs: 0, rows: 10, crcRaw: 4_294_967_295, denials: 0 });
    const { rows } = await database.sql.query(
      'SELECT number, outcome, received_sum_ms FROM attempt a JOIN file f ON f.id = a.file_id WHERE a.id = $1',
      [attemptId],
    );
    expect(rows).toEqual([{ number: 1, outcome: null, received_sum_ms: '15' }]);
  });
});

describe('marking', () => {
  const mark = (file: SealedFile, attemptId: number | null) =>
    ledger.markAttempt({ file, workerId: 'w', deadlineMs: 1_000, attemptId });

  test('marks an open attempt again and numbers new ones', async () => {
    const { file, attemptId } = await sealOne();
    expect(await mark(file, attemptId)).toBe(attemptId);
    const second = await mark(file, null);
    expect(second).not.toBe(attemptId);
    await ledger.endAttempt(end(attemptId, 'refused'));
    const third = await mark(file, attemptId);
    expect(third).not.toBe(attemptId);
  });

  test('workers that mark one file at once all get their own number', async () => {
    const { file } = await sealOne();
    const marks = await Promise.all(Array.from({ length: 8 }, () => mark(file, null)));
    expect(new Set(marks).size).toBe(8);
  });

  test.each(['running = false', `held_cause = 'conflict'`])('no PUT starts after %s', async (assignments) => {
    const { file, attemptId } = await sealOne();
    await setLane(assignments);
    expect(await mark(file, attemptId)).toBeNull();
  });

  test('no PUT starts for a file that is delivered or has another generation', async () => {
    const { file, attemptId } = await sealOne();
    expect(await mark({ ...file, generation: 2 }, null)).toBeNull();
    await ledger.finishFile(file, { etag: 'e', gzipBytes: 1 }, end(attemptId));
    expect(await mark(file, null)).toBeNull();
  });

  test('a mark waits for a pause that is being written, and then refuses', async () => {
    const { file } = await sealOne();
    const client = await database.sql.connect();
    await client.query('BEGIN');
    await client.query('UPDATE lane SET running = false WHERE id = $1', [laneId]);
    const marking = mark(file, null);
    await waitUntil('the mark waits', async () => {
      const { rows } = await database.sql.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
             AND query LIKE '%delivery.mark_attempt%'`,
      );
      return rows.length > 0;
    });
    await client.query('COMMIT');
    client.release();
    expect(await marking).toBeNull();
  });
});

describe('finishing and committing', () => {
  test('one of many records a file as delivered', async () => {
    const { file, attemptId } = await sealOne();
    const object = { etag: 'e', gzipBytes: 70 };
    const firsts = await Promise.all(
      Array.from({ length: 5 }, () => ledger.finishFile(file, object, end(attemptId))),
    );
    expect(firsts.filter((first) => first)).toHaveLength(1);
  });

  test('a cut with an undelivered file is not committed', async () => {
    const { cutId } = await sealOne();
    expect(await ledger.commitCut(cutId, null)).toBe(false);
  });

  test('one of many commits, and done, rows, bytes and back-off follow', async () => {
    const { file, cutId, attemptId } = await sealOne();
    await setLane(`failures = 3, not_before = now()`);
    await ledger.finishFile(file, { etag: 'e', gzipBytes: 70 }, end(attemptId));
    const wins = await Promise.all(Array.from({ length: 5 }, () => ledger.commitCut(cutId, null)));
    expect(wins.filter((won) => won)).toHaveLength(1);
    const { rows } = await database.sql.query(
      `SELECT done, next, rows_done, body_bytes_done, failures, pending_since, not_before, lease_until
       FROM lane WHERE id = $1`,
      [laneId],
    );
    const cleared = { failures: 0, pending_since: null, not_before: null, lease_until: null };
    expect(rows).toEqual([{ done: 2, next: 2, rows_done: 10, body_bytes_done: 50, ...cleared }]);
  });

  test('a failure after the delivery by another worker does not slow the lane down', async () => {
    const { file, cutId, attemptId } = await sealOne();
    await ledger.finishFile(file, { etag: 'e', gzipBytes: 70 }, end(attemptId));
    await ledger.commitCut(cutId, null);
    const failure = { file, isConflict: true, backOffMs: 60_000, heldCause: 'conflict' };
    await ledger.failFile({ ...failure, end: end(attemptId, 'refused') });
    const { rows } = await database.sql.query(
      `SELECT l.held_cause, l.failures, f.state FROM lane l JOIN file f ON f.routing_id = l.routing_id
       WHERE l.id = $1`,
      [laneId],
    );
    expect(rows).toEqual([{ held_cause: null, failures: 0, state: 'delivered' }]);
  });
});

describe('a hold over chunks that cannot be read', () => {
  const heldCause = async () => {
    const { rows } = await database.sql.query<{ held_cause: string | null }>(
      'SELECT held_cause FROM lane WHERE id = $1',
      [laneId],
    );
    return rows[0]?.held_cause;
  };

  test('stands until a person has looked', async () => {
    expect(await ledger.holdLane(await claim(), 'chunk_missing')).toBe(true);
    expect(await heldCause()).toBe('chunk_missing');
  });

  test.each([
    ['was sealed', () => sealOne()],
    ['was set behind them', () => setLane('next = 1, done = 1, epoch = epoch + 1')],
  ])('is nothing to a lane that meanwhile %s', async (_, move) => {
    const lane = await claim();
    await setLane('lease_until = NULL');
    await move();
    expect(await ledger.holdLane(lane, 'chunk_missing')).toBe(false);
    expect(await heldCause()).toBeNull();
  });
});

describe('lost attempts', () => {
  test('an attempt is closed as unknown once its deadline has passed, and what its worker learns later replaces that', async () => {
    const { attemptId } = await sealOne();
    const outcome = async () => {
      const { rows } = await database.sql.query<{ outcome: string | null; code: string | null }>(
        'SELECT outcome, code FROM attempt WHERE id = $1',
        [attemptId],
      );
      return rows[0];
    };
    await closeLostAttempts(database.sql);
    expect(await outcome()).toEqual({ outcome: null, code: null });
    await database.sql.query(`UPDATE attempt SET deadline_at = now() - interval '6 s' WHERE id = $1`, [
      attemptId,
    ]);
    await closeLostAttempts(database.sql);
    expect(await outcome()).toEqual({ outcome: 'unknown', code: 'WorkerLost' });
    await ledger.endAttempt({ ...end(attemptId, 'refused'), code: 'PreconditionFailed' });
    expect(await outcome()).toEqual({ outcome: 'refused', code: 'PreconditionFailed' });
    await ledger.endAttempt(end(attemptId, 'unknown'));
    expect(await outcome()).toMatchObject({ outcome: 'refused' });
  });
});

describe('settling', () => {
  test('pausing ends only when no attempt is open', async () => {
    const { attemptId } = await sealOne();
    const lifecycle = async () => {
      await settleRoutings(database.sql, 'w');
      const { rows } = await database.sql.query<{ lifecycle: string }>(
        'SELECT lifecycle FROM routing WHERE id = $1',
        [routing.routingId],
      );
      return rows[0]?.lifecycle;
    };
    await database.sql.query(`UPDATE routing SET lifecycle = 'pausing', intent = 'pause' WHERE id = $1`, [
      routing.routingId,
    ]);
    expect(await lifecycle()).toBe('pausing');
    await ledger.endAttempt(end(attemptId, 'unknown'));
    expect(await lifecycle()).toBe('paused');
    const { rows } = await database.sql.query(
      'SELECT from_label, to_label, cause, actor FROM routing_transition WHERE routing_id = $1',
      [routing.routingId],
    );
    expect(rows).toEqual([
      { from_label: 'pausing', to_label: 'paused', cause: 'delivery.settled_pausing', actor: 'worker:w' },
    ]);
  });
});
