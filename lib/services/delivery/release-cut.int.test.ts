import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OpenFile, SealedCut } from '@/lib/domain/delivery/sealed-file';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { appendLines, createTestRouting, numberedLines } from '@/lib/testing/routing';
import { waitUntil } from '@/lib/testing/wait-until';
import { createDeliveryLedger } from './create-delivery-ledger';
import type { ClaimedLane, DeliveryLedger, ReleaseRequest } from './delivery-ledger';

const PLACE = {
  endpoint: 'http://127.0.0.1:9',
  bucket: 'typo',
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

let lane: ClaimedLane;
let cut: SealedCut;
let firstAttempt: number;
beforeEach(async () => {
  ({ lane, cut, firstAttempt } = await sealTwoFiles());
});

/** A lane with an open cut of two files, of which the first is marked. */
async function sealTwoFiles() {
  const { sql } = database;
  const routing = await createTestRouting({ sql, store: PLACE });
  const lines = numberedLines('l', 10);
  await appendLines(createPostgresEventLog({ sql }), routing.streamId, lines, { linesPerChunk: 5 });
  const { rows } = await sql.query<{ id: number }>(
    `UPDATE lane SET pending_since = now() - interval '1 day' WHERE routing_id = $1 RETURNING id`,
    [routing.routingId],
  );
  const claimed = await ledger.claimLane({ laneId: rows[0]!.id, epoch: 1 }, 10_000);
  const totals = { rows: 5, rawBytes: 50, bodyBytes: 25, crcRaw: 4_294_967_295 };
  const received = { receivedMinMs: 1, receivedMaxMs: 2, receivedSumMs: 15n };
  const files = [0, 1].map((offset) => ({
    ...totals,
    ...received,
    fileId: randomUUID(),
    generation: 1,
    key: `${routing.prefix}${randomUUID()}`,
    hourMs: offset * 3_600_000,
    lo: offset,
    hi: offset,
    kind: 'stitched' as const,
  }));
  const bounds = { lo: 0, hi: 1, reason: 'age', rows: 10, rawBytes: 100, bodyBytes: 50, sealedAtMs: 1_000 };
  const request = { lane: claimed!, ...bounds, files, setAside: [], workerId: 'w', deadlineMs: 30_000 };
  const sealed = await ledger.sealCut(request);
  return {
    lane: claimed!,
    cut: (await ledger.readOpenCut(claimed!.laneId))!,
    firstAttempt: sealed!.attemptId!,
  };
}

function request(changes: Partial<ReleaseRequest> = {}): ReleaseRequest {
  const files = cut.openFiles.map((file) => ({
    fromId: file.fileId,
    fileId: randomUUID(),
    key: `new/${randomUUID()}`,
  }));
  return {
    lane: { ...lane, bucket: 'right', destinationVersion: 2 },
    cut,
    files,
    workerId: 'w',
    ...changes,
  };
}

function end(attemptId: number, outcome: 'done' | 'refused' | 'unknown', httpStatus: number | null = 404) {
  return { attemptId, outcome, httpStatus, code: null, requestId: null, message: null };
}

const refuse = (attemptId = firstAttempt) => ledger.endAttempt(end(attemptId, 'refused'));
const mark = (file: OpenFile) =>
  ledger.markAttempt({ file, workerId: 'w', deadlineMs: 1_000, attemptId: null });

async function fileRows() {
  const { rows } = await database.sql.query<{ generation: number; bucket: string; state: string }>(
    'SELECT generation, bucket, state FROM file WHERE cut_id = $1 ORDER BY generation, position',
    [cut.cutId],
  );
  return rows.map(({ generation, bucket, state }) => `${generation} ${bucket} ${state}`);
}

const UNMOVED = ['1 typo sealed', '1 typo sealed'];
const MOVED = ['1 typo released', '1 typo released', '2 right sealed', '2 right sealed'];

describe('a cut whose every attempt was refused', () => {
  test('moves as a whole, with new ids and keys and the same rows, and says so in the audit', async () => {
    await refuse();
    const asked = request();
    expect(await ledger.releaseCut(asked)).toBe(true);
    expect(await fileRows()).toEqual(MOVED);
    const moved = await ledger.readOpenCut(lane.laneId);
    expect(moved).toMatchObject({ cutId: cut.cutId, generation: 2, lo: 0, hi: 1 });
    expect(moved?.openFiles).toEqual(
      cut.openFiles.map((file, i) => ({
        ...file,
        fileId: asked.files[i]!.fileId,
        key: asked.files[i]!.key,
        generation: 2,
        bucket: 'right',
        attempts: [],
      })),
    );
    const { rows } = await database.sql.query(
      `SELECT a.action, a.actor, a.detail, c.destination_version FROM cut c
       JOIN audit_event a ON a.target = 'routing:' || c.routing_id WHERE c.id = $1`,
      [cut.cutId],
    );
    expect(rows).toMatchObject([
      {
        action: 'routing.release_cut',
        actor: 'worker:w',
        destination_version: 2,
        detail: { generation: 2, files: 2, firstOffset: 0, lastOffset: 1 },
      },
    ]);
  });

  test('leaves its delivered files where they are', async () => {
    const [first, second] = cut.openFiles;
    await ledger.finishFile(first!, { etag: 'e', gzipBytes: 1 }, end(firstAttempt, 'done', 200));
    const rest = { ...cut, openFiles: [second!] };
    const files = [{ fromId: second!.fileId, fileId: randomUUID(), key: `new/${randomUUID()}` }];
    expect(await ledger.releaseCut(request({ cut: rest, files }))).toBe(true);
    expect(await fileRows()).toEqual(['1 typo delivered', '1 typo released', '2 right sealed']);
    const [moved] = (await ledger.readOpenCut(lane.laneId))!.openFiles;
    expect(await ledger.commitCut(cut.cutId, null)).toBe(false);
    const attemptId = await mark(moved!);
    await ledger.finishFile(moved!, { etag: 'e', gzipBytes: 1 }, end(attemptId!, 'done', 200));
    expect(await ledger.commitCut(cut.cutId, null)).toBe(true);
  });

  test('moves once when many ask at the same time', async () => {
    await refuse();
    const answers = await Promise.all(Array.from({ length: 6 }, () => ledger.releaseCut(request())));
    expect(answers.filter((isMoved) => isMoved)).toHaveLength(1);
    expect(await fileRows()).toEqual(MOVED);
  });

  test('is never written at its old place again, nor held or slowed down by it', async () => {
    await refuse();
    await ledger.releaseCut(request());
    for (const old of cut.openFiles) expect(await mark(old)).toBeNull();
    const [old] = cut.openFiles;
    const late = { isConflict: true, backOffMs: 60_000, heldCause: 'conflict', end: null };
    await ledger.failFile({ file: old!, ...late });
    expect(await ledger.finishFile(old!, { etag: 'e', gzipBytes: 1 }, end(firstAttempt, 'done'))).toBe(false);
    expect(await fileRows()).toEqual(MOVED);
    const { rows } = await database.sql.query('SELECT held_cause, failures FROM lane WHERE id = $1', [
      lane.laneId,
    ]);
    expect(rows).toEqual([{ held_cause: null, failures: 0 }]);
  });
});

describe('a cut stays', () => {
  test.each([
    ['an attempt is open', async () => {}],
    ['an answer is unknown', () => ledger.endAttempt(end(firstAttempt, 'unknown', 500))],
    ['something unknown lies under its key', () => ledger.endAttempt(end(firstAttempt, 'refused', 412))],
    [
      'a file was delivered that was open when the worker looked',
      () =>
        ledger.finishFile(cut.openFiles[0]!, { etag: 'e', gzipBytes: 1 }, end(firstAttempt, 'refused', 412)),
    ],
    ...['running = false', "held_cause = 'x'", 'epoch = epoch + 1'].map(
      (set) =>
        [
          `the lane is changed: ${set}`,
          async () => {
            await refuse();
            await database.sql.query(`UPDATE lane SET ${set} WHERE id = $1`, [lane.laneId]);
          },
        ] as const,
    ),
  ] as const)('while %s', async (_, arrange) => {
    await arrange();
    const before = await fileRows();
    expect(await ledger.releaseCut(request())).toBe(false);
    expect(await fileRows()).toEqual(before);
    expect((await ledger.readOpenCut(lane.laneId))?.generation).toBe(1);
  });

  test('and moves when what lies under its key is a stranger’s', async () => {
    const conflict = { isConflict: true, backOffMs: 0, heldCause: null };
    await ledger.failFile({ file: cut.openFiles[0]!, ...conflict, end: end(firstAttempt, 'refused', 412) });
    expect(await ledger.releaseCut(request())).toBe(true);
  });
});

describe('a mark and a release at once', () => {
  async function inTransaction(text: string, values: unknown[]) {
    const client = await database.sql.connect();
    await client.query('BEGIN');
    const { rows } = await client.query(text, values);
    return {
      rows,
      commit: async () => {
        await client.query('COMMIT');
        client.release();
      },
    };
  }

  async function untilWaits(name: string): Promise<void> {
    await waitUntil(`${name} waits`, async () => {
      const { rows } = await database.sql.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
           AND query LIKE '%' || $1 || '%'`,
        [`delivery.${name}`],
      );
      return rows.length > 0;
    });
  }

  test('the release waits for a mark that is being written, and then refuses', async () => {
    await refuse();
    const [file] = cut.openFiles;
    const marking = await inTransaction('SELECT delivery.mark_attempt($1, 1, $2, 1000, NULL) AS id', [
      file!.fileId,
      'w2',
    ]);
    const releasing = ledger.releaseCut(request());
    await untilWaits('release_cut');
    await marking.commit();
    expect(marking.rows[0].id).not.toBeNull();
    expect(await releasing).toBe(false);
    expect(await fileRows()).toEqual(UNMOVED);
  });

  test('the mark waits for a release that is being written, and then refuses', async () => {
    await refuse();
    const { files, lane: to } = request();
    const rows = files.map(({ fromId, fileId, key }) => ({ fromId, id: fileId, key }));
    const releasing = await inTransaction('SELECT delivery.release_cut($1, $2, 1, 1, 2, $3, $4, $5, $6)', [
      cut.cutId,
      lane.laneId,
      to.endpoint,
      to.bucket,
      JSON.stringify(rows),
      'w2',
    ]);
    const marking = mark(cut.openFiles[0]!);
    await untilWaits('mark_attempt');
    await releasing.commit();
    expect(await marking).toBeNull();
    expect(await fileRows()).toEqual(MOVED);
  });

  test('never both succeed, whichever comes first', async () => {
    for (let round = 0; round < 25; round += 1) {
      ({ lane, cut, firstAttempt } = await sealTwoFiles());
      await refuse();
      const marks = () => Promise.all(cut.openFiles.map(mark));
      const [marked, isMoved, markedToo] = await Promise.all([
        marks(),
        ledger.releaseCut(request()),
        marks(),
      ]);
      const isMarked = [...marked, ...markedToo].some((id) => id !== null);
      expect({ round, isMoved, isMarked }).toEqual({ round, isMoved, isMarked: !isMoved });
    }
  });
});
