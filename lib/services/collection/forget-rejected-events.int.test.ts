import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant } from '@/lib/testing/tenant';
import { addRejectedEvents } from './add-rejected-events';
import { forgetRejectedEvents } from './forget-rejected-events';

const DAY_MS = 24 * 3_600_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('what was refused is forgotten after thirty days, and not before', async () => {
  const tenant = await createTenant(database.sql);
  const refused = { ...tenant, code: 1000, reason: 'Not valid.', events: 1 };
  const at = (days: number) => Date.now() - days * DAY_MS;
  await addRejectedEvents(
    database.sql,
    [29.9, 30.1].map((days) => ({ ...refused, hourMs: at(days), lastAtMs: at(days) })),
  );
  expect(await forgetRejectedEvents(database.sql)).toBe(1);
  const { rows } = await database.sql.query<{ is_kept: boolean }>(
    `SELECT hour > now() - interval '30 days' AS is_kept FROM rejected_events WHERE workspace_id = $1`,
    [tenant.workspaceId],
  );
  expect(rows).toEqual([{ is_kept: true }]);
});
