import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOUR_MS } from '@/lib/domain/time-units';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createCtxFactory } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { watchRouting } from '@/lib/testing/delivery-state';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { appendLines, createTestRouting, numberedLines, thisHourMs } from '@/lib/testing/routing';
import { startTestWorker } from '@/lib/testing/worker';
import { listHours } from './list-hours';

const MIGRATION = 'prisma/migrations/20261122000901_superseded_before/migration.sql';

let database: TestDatabase;
let store: TestObjectStore;
beforeAll(async () => {
  database = await createTestDatabase({ connectionsMax: 20 });
  store = await startTestObjectStore();
});
afterAll(async () => {
  await store.close();
  await database.close();
});

test('snapshots that were superseded before that was written down are on the receipt after the migration', async () => {
  const { sql } = database;
  const log = createPostgresEventLog({ sql });
  const ctx = await createCtxFactory(database).ctxOf('admin');
  const hourMs = thisHourMs();
  const routing = await createTestRouting({ sql, store, dataTypes: ['segment'] });
  for (const rows of [3, 4])
    await appendLines(log, routing.streamId, numberedLines(`s${rows}`, rows), { hourMs, snapshotEnd: true });
  const worker = await startTestWorker({ database, workerId: 'w1' });
  await watchRouting(sql, routing).untilCaughtUp();
  await worker.stop();
  const receipt = async () => {
    const range = { from: new Date(hourMs).toISOString(), to: new Date(hourMs + HOUR_MS).toISOString() };
    const input = { routingId: routing.routingId, type: 'segment' as const, ...range };
    return (await listHours({ ctx, input })).hours[0];
  };
  await sql.query('DELETE FROM cut_set_aside WHERE routing_id = $1', [routing.routingId]);
  expect(await receipt()).toMatchObject({ accepted: 7, delivered: 4, setAside: 0, isBalanced: false });
  // The table as it was then: one reason for each hour.
  await sql.query('CREATE UNIQUE INDEX ON cut_set_aside (cut_id, hour)');
  for (let again = 0; again < 2; again += 1) {
    await sql.query(readFileSync(MIGRATION, 'utf8'));
    expect(await receipt()).toMatchObject({ accepted: 7, delivered: 4, setAside: 3, isBalanced: true });
  }
});
