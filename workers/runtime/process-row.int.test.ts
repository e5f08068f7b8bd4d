import { afterAll, beforeAll, expect, test } from 'vitest';
import type { QueueReport } from '@/lib/domain/system/process';
import { createLogger } from '@/lib/platform/logger';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { waitUntil } from '@/lib/testing/wait-until';
import { createProcessRow } from './process-row';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const rowOf = async (id: string) =>
  (
    await database.sql.query<{ started_at: Date; seen_at: Date; detail: Record<string, unknown> }>(
      'SELECT started_at, seen_at, detail FROM process WHERE id = $1',
      [id],
    )
  ).rows[0];

test('a process says that it lives from its start, renews it with what changed, and says goodbye', async () => {
  let notReady = ['clock'];
  const queue: QueueReport = { backend: 'postgres', waiting: 3, oldestAgeMs: 12 };
  const row = createProcessRow({
    sql: database.sql,
    logger: createLogger('test', 'silent'),
    kind: 'worker',
    name: 'w1',
    notReady: () => notReady,
    readMore: async () => ({ slots: 12, queue }),
  });
  await row.start();
  const first = await rowOf('worker-w1');
  expect(first?.detail).toMatchObject({ pid: process.pid, notReady: ['clock'], slots: 12, queue });
  notReady = [];
  const renewed = await waitUntil('the row is renewed', async () => {
    const now = await rowOf('worker-w1');
    return now?.seen_at.getTime() !== first?.seen_at.getTime() && now;
  });
  expect(renewed.detail).toMatchObject({ notReady: [] });
  expect(renewed.started_at).toEqual(first?.started_at);
  await row.stop(5_000);
  expect(await rowOf('worker-w1')).toBeUndefined();
});
