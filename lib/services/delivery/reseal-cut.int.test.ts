import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SealedCut } from '@/lib/domain/delivery/sealed-file';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { appendLines, createTestRouting, numberedLines } from '@/lib/testing/routing';
import { createDeliveryLedger } from './create-delivery-ledger';
import type { ClaimedLane, DeliveryLedger, NewFile, ResealRequest } from './delivery-ledger';

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

let lane: ClaimedLane;
let cut: SealedCut;
let firstAttempt: number;
/** Two files: chunks 0 and 1 of ten rows, chunk 2 of five. The first is marked. */
beforeEach(async () => {
  const { sql } = database;
  const routing = await createTestRouting({ sql, store: PLACE });
  await appendLines(createPostgresEventLog({ sql }), routing.streamId, numberedLines('l', 15), {
    linesPerChunk: 5,
  });
  const { rows } = await sql.query<{ id: number }>(
    `UPDATE lane SET pending_since = now() - interval '1 day' WHERE routing_id = $1 RETURNING id`,
    [routing.routingId],
  );
  lane = (await ledger.claimLane({ laneId: rows[0]!.id, epoch: 1 }, 10_000))!;
  const sealed = await ledger.sealCut({
    lane,
    lo: 0,
    hi: 2,
    reason: 'age',
    rows: 15,
    rawBytes: 150,
    bodyBytes: 75,
    sealedAtMs: 1_000,
    files: [newFile({ rows: 10, lo: 0, hi: 1 }), newFile({ rows: 5, lo: 2, hi: 2, hourMs: 3_600_000 })],
    setAside: [],
    workerId: 'w',
    deadlineMs: 30_000,
  });
  firstAttempt = sealed!.attemptId!;
  cut = (await ledger.readOpenCut(lane.laneId))!;
});

function newFile(changes: Partial<NewFile>): NewFile {
  return {
    fileId: randomUUID(),
    generation: 1,
    key: `k/${randomUUID()}`,
    hourMs: 0,
    lo: 0,
    hi: 0,
    kind: 'stitched',
    rows: 5,
    rawBytes: 50,
    crcRaw: 4_294_967_295,
    bodyBytes: 25,
    receivedMinMs: 1,
    receivedMaxMs: 2,
    receivedSumMs: 15n,
    ...changes,
  };
}

function request(changes: Partial<ResealRequest> = {}): ResealRequest {
  return {
    lane,
    cut,
    fromId: cut.openFiles[0]!.fileId,
    file: newFile({ generation: 2 }),
    setAside: [{ hourMs: 0, rows: 5, reason: 'corrupt', offsets: [1] }],
    workerId: 'w',
    ...changes,
  };
}

const end = (outcome: 'refused' | 'unknown', httpStatus: number | null = null) =>
  ledger.endAttempt({
    attemptId: firstAttempt,
    outcome,
    httpStatus,
    code: null,
    requestId: null,
    message: null,
  });

async function expectUnchanged(): Promise<void> {
  expect(await ledger.readOpenCut(lane.laneId)).toMatchObject({
    generation: 1,
    openFiles: [{ leftOut: [] }, {}],
  });
}

test('gives one file up unwritten and keeps the others as they are, under the next generation', async () => {
  await end('refused');
  const other = cut.openFiles[1]!;
  expect(await ledger.resealCut(request())).toBe(true);
  const next = await ledger.readOpenCut(lane.laneId);
  expect(next).toMatchObject({ generation: 2, lo: 0, hi: 2 });
  expect(next!.openFiles).toMatchObject([
    { generation: 2, rows: 5, hi: 0, leftOut: [1], endpoint: PLACE.endpoint, bucket: 'b', attempts: [] },
    { generation: 2, fileId: other.fileId, key: other.key, leftOut: [1] },
  ]);
  const mark = { workerId: 'w', deadlineMs: 1_000, attemptId: null };
  expect(await ledger.markAttempt({ file: cut.openFiles[0]!, ...mark })).toBeNull();
  expect(await ledger.markAttempt({ file: other, ...mark })).toBeNull();
  expect(await ledger.markAttempt({ file: next!.openFiles[0]!, ...mark })).not.toBeNull();
});

test('without anything left there is no file in its place, and nothing of it keeps the cut open', async () => {
  await end('refused');
  const setAside = [{ hourMs: 0, rows: 10, reason: 'corrupt' as const, offsets: [0, 1] }];
  expect(await ledger.resealCut(request({ file: null, setAside }))).toBe(true);
  const next = await ledger.readOpenCut(lane.laneId);
  expect(next!.openFiles).toMatchObject([{ rows: 5, lo: 2 }]);
});

test.each([
  ['open', async () => undefined],
  ['unknown', () => end('unknown')],
  ['a 412 that nobody has looked into', () => end('refused', 412)],
])(
  'does nothing while an attempt of the file is %s, unless a person has accepted the doubt',
  async (_, meet) => {
    await meet();
    expect(await ledger.resealCut(request())).toBe(false);
    await expectUnchanged();
    await database.sql.query('UPDATE cut SET doubt_accepted_at = now() WHERE id = $1', [cut.cutId]);
    expect(await ledger.resealCut(request())).toBe(true);
  },
);

test('an attempt of another file of the cut is in nobody’s way', async () => {
  await end('refused');
  const mark = { workerId: 'w', deadlineMs: 1_000, attemptId: null };
  expect(await ledger.markAttempt({ file: cut.openFiles[1]!, ...mark })).not.toBeNull();
  expect(await ledger.resealCut(request())).toBe(true);
});

test.each([
  ['another epoch', () => 'epoch = epoch + 1'],
  ['a lane that stands still', () => 'running = false'],
  ['a lane that is held', () => `held_cause = 'conflict'`],
])('does nothing with %s', async (_, change) => {
  await end('refused');
  await database.sql.query(`UPDATE lane SET ${change()} WHERE id = $1`, [lane.laneId]);
  expect(await ledger.resealCut(request())).toBe(false);
  await expectUnchanged();
});

test('of two workers one reseals', async () => {
  await end('refused');
  const both = [request(), request({ file: newFile({ generation: 2 }) })];
  const done = await Promise.all(both.map((one) => ledger.resealCut(one)));
  expect(done.filter(Boolean)).toHaveLength(1);
});

test('rows that do not add up are refused loudly, and nothing is written', async () => {
  await end('refused');
  const setAside = [{ hourMs: 0, rows: 4, reason: 'corrupt' as const, offsets: [1] }];
  await expect(ledger.resealCut(request({ setAside }))).rejects.toThrow('do not add up');
  await expectUnchanged();
});
