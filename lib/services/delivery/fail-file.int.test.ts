import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { appendLines, createTestRouting, numberedLines } from '@/lib/testing/routing';
import { waitUntil } from '@/lib/testing/wait-until';
import { createDeliveryLedger } from './create-delivery-ledger';
import type { ClaimedLane, DeliveryLedger } from './delivery-ledger';

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
  database = await createTestDatabase();
  ledger = createDeliveryLedger(database.sql);
});
afterAll(() => database.close());

async function claimDueLane(): Promise<ClaimedLane> {
  const { sql } = database;
  const routing = await createTestRouting({ sql, store: PLACE });
  await appendLines(createPostgresEventLog({ sql }), routing.streamId, numberedLines('l', 5));
  const { rows } = await sql.query<{ id: number }>(
    `UPDATE lane SET pending_since = now() - interval '1 day' WHERE routing_id = $1 RETURNING id`,
    [routing.routingId],
  );
  const lane = await ledger.claimLane({ laneId: rows[0]!.id, epoch: 1 }, 10_000);
  if (lane === null) throw new Error('The lane was not claimed');
  return lane;
}

async function sealOne(lane: ClaimedLane) {
  const totals = { rows: 5, rawBytes: 100, bodyBytes: 50 };
  const received = { receivedMinMs: 1, receivedMaxMs: 2, receivedSumMs: 15n };
  const name = { fileId: randomUUID(), key: randomUUID(), generation: 1 };
  const file = {
    ...totals,
    ...received,
    ...name,
    hourMs: 0,
    lo: 0,
    hi: 0,
    kind: 'stitched' as const,
    crcRaw: 1,
  };
  const marked = { workerId: 'w', deadlineMs: 30_000 };
  const cut = { lo: 0, hi: 0, reason: 'age', ...totals, sealedAtMs: 1_000, files: [file], setAside: [] };
  const sealed = await ledger.sealCut({ lane, ...cut, ...marked });
  const open = await ledger.readOpenCut(lane.laneId);
  return { file: open!.openFiles[0]!, attemptId: sealed!.attemptId! };
}

test('a failure and a mark of the same file wait for each other in one order', async () => {
  const lane = await claimDueLane();
  const { file, attemptId } = await sealOne(lane);
  const waiting = (verb: string) =>
    waitUntil(`${verb} waits`, async () => {
      const { rows } = await database.sql.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
           AND query LIKE '%delivery.' || $1 || '(%'`,
        [verb],
      );
      return rows.length > 0;
    });
  const holder = await database.sql.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT FROM lane WHERE id = $1 FOR UPDATE', [lane.laneId]);
  const marking = ledger.markAttempt({ file, workerId: 'v', deadlineMs: 30_000, attemptId: null });
  await waiting('mark_attempt');
  const end = { attemptId, outcome: 'refused' as const, httpStatus: 412, code: null, requestId: null };
  const failing = ledger.failFile({
    file,
    isConflict: true,
    backOffMs: 60_000,
    heldCause: 'conflict',
    end: { ...end, message: null },
  });
  await waiting('fail_file');
  await holder.query('COMMIT');
  holder.release();
  const [marked, failed] = await Promise.allSettled([marking, failing]);
  expect(marked).toEqual({ status: 'fulfilled', value: expect.any(Number) });
  expect(failed).toEqual({ status: 'fulfilled', value: undefined });
});
