import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import type { DeliveryLedger } from '@/lib/services/delivery/delivery-ledger';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { watchRouting } from '@/lib/testing/delivery-state';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { appendLines, createTestRouting, numberedLines, type TestRouting } from '@/lib/testing/routing';
import { waitUntil } from '@/lib/testing/wait-until';
import { startTestWorker, type TestWorker } from '@/lib/testing/worker';

let database: TestDatabase;
let store: TestObjectStore;
beforeAll(async () => {
  [database, store] = await Promise.all([createTestDatabase(), startTestObjectStore()]);
});
afterAll(() => Promise.all([database.close(), store.close()]));

async function withWorker(
  wrapLedger: (ledger: DeliveryLedger) => DeliveryLedger,
  run: () => Promise<void>,
): Promise<void> {
  const workerId = randomUUID().slice(0, 8);
  const worker: TestWorker = await startTestWorker({ database, workerId, wrapLedger });
  try {
    await run();
  } finally {
    await worker.stop();
  }
}

async function routingWithLines(rows: number): Promise<TestRouting> {
  const routing = await createTestRouting({ sql: database.sql, store });
  await database.sql.query('UPDATE lane SET running = false WHERE routing_id = $1', [routing.routingId]);
  await appendLines(
    createPostgresEventLog({ sql: database.sql }),
    routing.streamId,
    numberedLines('l', rows),
    { linesPerChunk: 10 },
  );
  return routing;
}

async function deliver({ routingId }: TestRouting): Promise<void> {
  await database.sql.query('UPDATE lane SET running = true WHERE routing_id = $1', [routingId]);
  await watchRouting(database.sql, { routingId }).untilCaughtUp();
}

interface FiguresRow {
  readonly rows: number;
  readonly within_rows: number;
  readonly files: number;
  readonly adds_up: boolean;
  readonly upload_ms: number;
  readonly retry_ms: number;
}

async function figuresOf({ routingId }: TestRouting): Promise<FiguresRow[]> {
  const { rows } = await database.sql.query<FiguresRow>(
    `SELECT rows, within_rows, files, waiting_ms + batching_ms + uploading_ms + retrying_ms = sum_ms AS adds_up,
       (uploading_ms / rows)::float8 AS upload_ms, (retrying_ms / rows)::float8 AS retry_ms
     FROM cut_latency WHERE routing_id = $1 ORDER BY cut_id`,
    [routingId],
  );
  return rows;
}

async function foldedRows({ routingId }: TestRouting): Promise<number> {
  const { rows } = await database.sql.query<{ sum: number }>(
    `SELECT coalesce(sum(rows), 0)::int AS sum FROM latency_rollup WHERE routing_id = $1 AND grain = 'day'`,
    [routingId],
  );
  return rows[0]?.sum ?? 0;
}

const unchanged = (ledger: DeliveryLedger) => ledger;

test('every delivered row is in the figures of its cut, and soon in its day', async () => {
  const routing = await routingWithLines(35);
  await withWorker(unchanged, async () => {
    await deliver(routing);
    await waitUntil('the day has the rows', async () => (await foldedRows(routing)) === 35);
  });
  expect(await figuresOf(routing)).toMatchObject([{ rows: 35, within_rows: 35, files: 1, adds_up: true }]);
});

test('a first PUT that failed is time of retrying, not of uploading', async () => {
  const routing = await routingWithLines(10);
  store.control.faults.add({
    match: { operation: 'PutObject', prefix: routing.prefix },
    effect: { kind: 'answer', status: 503, code: 'SlowDown' },
  });
  await withWorker(unchanged, () => deliver(routing));
  const { rows } = await database.sql.query<{ retried_ms: number }>(
    `SELECT (extract(epoch FROM max(a.marked_at) FILTER (WHERE a.outcome = 'done') - min(c.sealed_at)) * 1000)::float8
       AS retried_ms FROM attempt a JOIN cut c ON c.routing_id = a.routing_id WHERE a.routing_id = $1`,
    [routing.routingId],
  );
  const [figures] = await figuresOf(routing);
  expect(Math.abs(figures!.retry_ms - rows[0]!.retried_ms)).toBeLessThan(2);
});

test('a worker that dies between the last file and the commit leaves no figures, and the next one writes them once', async () => {
  const routing = await routingWithLines(20);
  let tries = 0;
  const diesOnce = (ledger: DeliveryLedger): DeliveryLedger => ({
    ...ledger,
    commitCut: async (cutId, figures) => {
      tries += 1;
      if (tries > 1) return ledger.commitCut(cutId, figures);
      expect(await figuresOf(routing)).toEqual([]);
      throw new Error('Connection terminated unexpectedly');
    },
  });
  await withWorker(diesOnce, () => deliver(routing));
  expect(tries).toBeGreaterThan(1);
  expect(await figuresOf(routing)).toMatchObject([{ rows: 20, adds_up: true }]);
});

test('a commit whose reply is lost has written its figures once', async () => {
  const routing = await routingWithLines(20);
  let tries = 0;
  const loses = (ledger: DeliveryLedger): DeliveryLedger => ({
    ...ledger,
    commitCut: async (cutId, figures) => {
      tries += 1;
      const won = await ledger.commitCut(cutId, figures);
      if (tries === 1) throw new Error('Connection terminated unexpectedly');
      return won;
    },
  });
  await withWorker(loses, () => deliver(routing));
  expect(await figuresOf(routing)).toMatchObject([{ rows: 20 }]);
});

test.each<[string, Partial<DeliveryLedger>]>([
  [
    'cannot be read',
    {
      readCutTimes: async () => {
        throw new Error('No');
      },
    },
  ],
  [
    'are about chunks that are gone',
    {
      readCutTimes: async () => ({
        lo: 0,
        hi: 99,
        sealedAtMs: 0,
        promiseMs: 0,
        flushIntervalMs: 0,
        files: [
          {
            lo: 99,
            hi: 99,
            hourMs: null,
            rows: 1,
            rawBytes: 1,
            gzipBytes: 1,
            markedAtMs: 0,
            deliveredAtMs: 0,
          },
        ],
      }),
    },
  ],
])('a cut whose figures %s is committed without', async (_, broken) => {
  const routing = await routingWithLines(10);
  await withWorker(
    (ledger) => ({ ...ledger, ...broken }),
    () => deliver(routing),
  );
  expect(await figuresOf(routing)).toEqual([]);
});

test('figures that the database refuses do not keep the cut from its commit', async () => {
  const routing = await routingWithLines(10);
  const tooLarge = (ledger: DeliveryLedger): DeliveryLedger => ({
    ...ledger,
    readCutTimes: async (cutId) => {
      const times = await ledger.readCutTimes(cutId);
      if (times === null) return null;
      return { ...times, files: times.files.map((file) => ({ ...file, gzipBytes: 1e30 })) };
    },
  });
  await withWorker(tooLarge, () => deliver(routing));
  expect(await figuresOf(routing)).toEqual([]);
});
