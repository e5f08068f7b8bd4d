import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import type { SqlClient } from '@/lib/platform/sql';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { appendLines, createTestRouting, numberedLines } from '@/lib/testing/routing';
import { waitUntil } from '@/lib/testing/wait-until';
import { createDeliveryLedger } from './create-delivery-ledger';
import type { DeliveryLedger } from './delivery-ledger';

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

/** A cut whose one attempt is known for nothing: its worker is frozen. */
async function sealOne() {
  const { sql } = database;
  const routing = await createTestRouting({ sql, store: PLACE });
  await appendLines(createPostgresEventLog({ sql }), routing.streamId, numberedLines('l', 5));
  const { rows } = await sql.query<{ id: number }>(
    `UPDATE lane SET pending_since = now() - interval '1 day' WHERE routing_id = $1 RETURNING id`,
    [routing.routingId],
  );
  const lane = await ledger.claimLane({ laneId: rows[0]!.id, epoch: 1 }, 10_000);
  const totals = { rows: 5, rawBytes: 100, bodyBytes: 50 };
  const received = { receivedMinMs: 1, receivedMaxMs: 2, receivedSumMs: 15n };
  const name = { fileId: randomUUID(), key: randomUUID(), generation: 1 };
  const range = { hourMs: 0, lo: 0, hi: 0, kind: 'stitched' as const, crcRaw: 1 };
  const sealed = await ledger.sealCut({
    lane: lane!,
    ...{ lo: 0, hi: 0, reason: 'age', ...totals, sealedAtMs: 1_000, setAside: [] },
    files: [{ ...totals, ...received, ...name, ...range }],
    ...{ workerId: 'w', deadlineMs: 30_000 },
  });
  const { cutId, attemptId } = sealed!;
  await ledger.endAttempt({ ...UNKNOWN, attemptId: attemptId! });
  return { cutId, attemptId: attemptId!, fileId: name.fileId };
}

const UNKNOWN = {
  outcome: 'unknown' as const,
  httpStatus: null,
  code: 'WorkerLost',
  requestId: null,
  message: null,
};

async function inSession<T>(run: (client: SqlClient) => Promise<T>): Promise<T> {
  const client = await database.sql.connect();
  try {
    await client.query('BEGIN');
    return await run(client);
  } finally {
    client.release(true);
  }
}

async function waiting(pid: number): Promise<void> {
  await waitUntil('the session waits for a lock', async () => {
    const { rows } = await database.sql.query(
      `SELECT FROM pg_stat_activity WHERE pid = $1 AND wait_event_type = 'Lock'`,
      [pid],
    );
    return rows.length > 0;
  });
}

async function pidOf(client: SqlClient): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]!.pid;
}

/** The cut with the files of every generation, and what was recorded as lost of it. */
async function readCut(cutId: number) {
  const { rows } = await database.sql.query(
    `SELECT c.state, c.generation, json_agg(json_build_object('state', f.state, 'generation', f.generation)
       ORDER BY f.generation) AS files,
       (SELECT count(*)::int FROM gap g JOIN file x ON x.id = g.file_id WHERE x.cut_id = c.id) AS gaps
     FROM cut c JOIN file f ON f.cut_id = c.id WHERE c.id = $1 GROUP BY c.id`,
    [cutId],
  );
  return rows[0];
}

test('a cut that moves to its next generation while its commit waits is not committed without that', async () => {
  const { cutId, fileId } = await sealOne();
  const moved = JSON.stringify([{ fromId: fileId, id: randomUUID(), key: randomUUID() }]);
  await inSession((person) =>
    inSession(async (committer) => {
      const pid = await pidOf(committer);
      await person.query(`SELECT * FROM delivery.release_cut_anyway($1, 1, 1, 'p', 'other', $2)`, [
        cutId,
        moved,
      ]);
      const committed = committer.query<{ won: boolean }>(
        'SELECT delivery.commit_cut($1, NULL, NULL) AS won',
        [cutId],
      );
      await waiting(pid);
      await person.query('COMMIT');
      expect((await committed).rows).toEqual([{ won: false }]);
      await committer.query('COMMIT');
    }),
  );
  expect(await readCut(cutId)).toMatchObject({ state: 'sealed', generation: 2 });
});

test.each([
  {
    verb: 'released to another place',
    sql: `SELECT outcome FROM delivery.release_cut_anyway($1, 1, 1, 'p', 'other',
      jsonb_build_array(jsonb_build_object('fromId', $2::uuid, 'id', gen_random_uuid(), 'key', gen_random_uuid())))`,
    answer: { outcome: 'changed' },
  },
  {
    verb: 'given up by a person',
    sql: `SELECT outcome FROM delivery.give_up_cut($1, 1, 'no way', 'user:p') WHERE $2::uuid IS NOT NULL`,
    answer: { outcome: 'changed' },
  },
  {
    verb: 'given up by its age',
    sql: `SELECT delivery.expire_lane(c.lane_id, (now() AT TIME ZONE 'UTC')::date + 2, 'w') AS gaps
      FROM cut c WHERE c.id = $1 AND $2::uuid IS NOT NULL`,
    answer: { gaps: 0 },
  },
])('a file whose answer comes while it is $verb is delivered and nothing else', async ({ sql, answer }) => {
  const { cutId, attemptId, fileId } = await sealOne();
  await inSession((frozen) =>
    inSession(async (other) => {
      // The frozen worker wakes up and says that its file is there.
      await frozen.query(`SELECT delivery.finish_file($1, 1, 'e', 10, $2, 'done', 200, NULL, NULL, NULL)`, [
        fileId,
        attemptId,
      ]);
      const pid = await pidOf(other);
      const decided = other.query(sql, [cutId, fileId]);
      await waiting(pid);
      await frozen.query('COMMIT');
      expect((await decided).rows).toEqual([answer]);
      await other.query('COMMIT');
    }),
  );
  expect(await readCut(cutId)).toEqual({
    ...{ state: 'sealed', generation: 1, gaps: 0 },
    files: [{ state: 'delivered', generation: 1 }],
  });
  expect(await ledger.commitCut(cutId, null)).toBe(true);
});
