import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '@/lib/platform/db/migrate';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { verifyChains } from './verify-chains';

const MIGRATIONS = 'prisma/migrations';
const CHAINING = '20261126000180_audit_chain';

let database: TestDatabase;
let before: string;
beforeAll(async () => {
  database = await createTestDatabase({ isEmpty: true });
  before = mkdtempSync(join(tmpdir(), 'sluice-migrations-'));
});
afterAll(async () => {
  rmSync(before, { recursive: true, force: true });
  await database.close();
});

test('what was recorded before there were chains is in them after the upgrade, in its order', async () => {
  const earlier = readdirSync(MIGRATIONS).filter((name) => /^\d/.test(name) && name < CHAINING);
  for (const name of earlier) cpSync(join(MIGRATIONS, name), join(before, name), { recursive: true });
  await migrate({ databaseUrl: database.url, directory: before });
  await database.sql.query(
    `INSERT INTO organization (id, name) SELECT gen_random_uuid(), n::text FROM generate_series(1, 2) n`,
  );
  await database.sql.query(`INSERT INTO audit_event (organization_id, actor, action, target, detail)
    SELECT o.id, 'user:a', 'test.act', 'thing:' || n, jsonb_build_object('n', n)
    FROM generate_series(1, 3) n, (SELECT id FROM organization UNION ALL SELECT NULL) o ORDER BY n`);
  await migrate({ databaseUrl: database.url, directory: MIGRATIONS });
  const { heads, findings } = await verifyChains(database.sql);
  expect([heads.map(({ seq }) => seq), findings]).toEqual([[3, 3, 3], []]);
  const { rows } = await database.sql.query<{ inOrder: boolean }>(
    `SELECT bool_and(e.detail ->> 'n' = l.seq::text) AS "inOrder" FROM audit.link l JOIN audit_event e ON e.id = l.event_id`,
  );
  expect(rows).toEqual([{ inOrder: true }]);
});
