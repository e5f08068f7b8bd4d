import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import type { Sql } from '@/lib/platform/sql';
import { createTestDatabase } from '@/lib/testing/database';
import { readDeliveredLines } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { linesNamed, namedEventLines } from '@/lib/testing/event-lines';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { appendLines, createTestRouting, testSealKeyPair, thisHourMs } from '@/lib/testing/routing';
import { startTestWorker } from '@/lib/testing/worker';
import { startWorkerProcess, type WorkerProcess } from '@/lib/testing/worker-process';

const HOUR_MS = 3_600_000;
const NAMES = ['Pageview', 'SlotClicked', 'Scroll'];

let store: TestObjectStore;
beforeAll(async () => {
  store = await startTestObjectStore();
});
const running = new Set<WorkerProcess>();
afterAll(async () => {
  for (const worker of running) worker.kill('SIGKILL');
  await store.close();
});

/** Lines of two hours, so that a filtered cut has two files. */
async function appendTwoHours(log: EventLog, streamId: number): Promise<string[]> {
  const lines = namedEventLines(NAMES, 60);
  const firstMs = thisHourMs();
  for (const [half, hourMs] of [firstMs, firstMs + HOUR_MS].entries()) {
    const part = lines.slice(half * 30, half * 30 + 30);
    await appendLines(log, streamId, part, { hourMs, linesPerChunk: 10 });
  }
  return lines;
}

/** A worker of its own that dies at the point, with only the lanes of these routings running. */
async function dieAt(sql: Sql, databaseUrl: string, { point, ids }: { point: string; ids: string[] }) {
  await sql.query('UPDATE lane SET running = (routing_id = ANY($1)), lease_until = NULL', [ids]);
  const victim = await startWorkerProcess('worker', {
    DATABASE_URL: databaseUrl,
    SLUICE_SEAL_PRIVATE_KEYS: testSealKeyPair().privateKeyPem,
    SLUICE_CRASH_AT: point,
    SLUICE_WORKER_ID: 'victim',
  });
  running.add(victim);
  expect(await victim.ended, victim.output()).toEqual({ code: null, signal: 'SIGKILL' });
  running.delete(victim);
}

const CRASHES = [
  ['before_seal', 'after_seal', 'in_recovery'],
  ['during_put:2', 'after_put_before_finish'],
  ['after_put_before_finish:2', 'after_finish_before_commit', 'after_commit'],
];

test.concurrent.each(CRASHES.map((points) => ({ points, where: points.join(', then ') })))(
  'killed at $where, with the filter edited in between: each line that was wanted exactly once, the neighbours complete',
  async ({ points }) => {
    const database = await createTestDatabase();
    const { sql } = database;
    const log = createPostgresEventLog({ sql });
    const base = { sql, store, flushIntervalMs: 300 };
    const filtered = await createTestRouting({ ...base, eventNames: ['SlotClicked'] });
    const neighbours = [1, 2].map(() => createTestRouting({ ...base, tenant: filtered.tenant }));
    const [first, second] = await Promise.all(neighbours);
    const lines = await appendTwoHours(log, filtered.streamId);
    for (const point of points) {
      await dieAt(sql, database.url, { point, ids: [filtered.routingId] });
      // As an edit of the settings leaves it: what is sealed keeps its filter.
      await sql.query(`UPDATE routing SET event_names = '{SlotClicked,Scroll}' WHERE id = $1`, [
        filtered.routingId,
      ]);
      await sql.query('UPDATE lane SET epoch = epoch + 1, lease_until = NULL WHERE routing_id = $1', [
        filtered.routingId,
      ]);
    }
    const { rows } = await sql.query<{ hi: number; names: string[] }>(
      'SELECT hi, event_names AS names FROM cut WHERE routing_id = $1 ORDER BY id LIMIT 1',
      [filtered.routingId],
    );
    expect(rows).toHaveLength(1);
    const { hi, names } = rows[0]!;
    lines.push(...(await appendTwoHours(log, filtered.streamId)));
    await sql.query('UPDATE lane SET running = true, not_before = NULL');
    const successor = await startTestWorker({ database, workerId: 'successor' });
    for (const routing of [filtered, first!, second!]) await watchRouting(sql, routing).untilCaughtUp(40_000);
    await successor.stop();
    const cut = lines.slice(0, (hi + 1) * 10);
    const rest = lines.slice((hi + 1) * 10);
    expect(await readDeliveredLines(store, sql, filtered.prefix)).toEqual(
      [...linesNamed(cut, names), ...linesNamed(rest, ['SlotClicked', 'Scroll'])].sort(),
    );
    for (const { prefix } of [first!, second!]) {
      expect(await readDeliveredLines(store, sql, prefix)).toEqual([...lines].sort());
    }
    await database.close();
  },
  90_000,
);
