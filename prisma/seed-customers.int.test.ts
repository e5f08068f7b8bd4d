import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateApiKey } from '@/lib/platform/api-key';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { testSealKeyPair } from '@/lib/testing/routing';
import { seedDemo } from './seed';
import { seedCustomers } from './seed-customers';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

function login(role: string) {
  return { role, email: `${role}@example.test`, name: role, password: 'not a secret here' };
}

const accessKey = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY',
};

async function seedOnce(serverKeys: { aurora: string; borealis: string }): Promise<void> {
  const input = {
    databaseUrl: database.url,
    objectStore: { endpoint: 'http://127.0.0.1:9', region: 'eu-west-1', bucket: 'aurora-events' },
    secrets: {
      sealPublicKey: testSealKeyPair().publicKeyPem,
      serverKey: serverKeys.aurora,
      objectStore: accessKey,
      borealis: { ...accessKey, serverKey: serverKeys.borealis },
      logins: [login('admin'), login('customer_admin')],
    },
  };
  await seedCustomers(input, await seedDemo(input));
}

async function everything(): Promise<unknown[]> {
  const routings = await database.sql.query(
    `SELECT o.name AS organization, r.name, r.lifecycle, r.data_types, r.event_names,
       (SELECT count(*)::int FROM latency_rollup x WHERE x.routing_id = r.id AND x.is_demo AND x.grain = 'hour') > 100 AS week,
       (SELECT count(*)::int FROM latency_rollup x WHERE x.routing_id = r.id AND NOT x.is_demo) AS unmarked
     FROM routing r JOIN organization o ON o.id = r.organization_id ORDER BY o.name, r.name`,
  );
  const counts = await database.sql.query(
    `SELECT (SELECT count(*)::int FROM latency_rollup) AS rollups, (SELECT count(*)::int FROM api_key) AS keys,
       (SELECT count(*)::int FROM organization) AS organizations`,
  );
  return [routings.rows, counts.rows];
}

test('three customers with a marked week are made at the first start, and nothing more at the next', async () => {
  const keys = { aurora: generateApiKey('server'), borealis: generateApiKey('server') };
  await seedOnce(keys);
  const first = await everything();
  const running = { lifecycle: 'starting', week: true, unmarked: 0 };
  expect(first[0]).toMatchObject([
    {
      organization: 'Aurora News',
      name: 'Aurora ad sales',
      event_names: ['SlotViewable', 'SlotClicked'],
      ...running,
    },
    {
      organization: 'Aurora News',
      name: 'Aurora events',
      data_types: ['events', 'sync_aliases', 'segment'],
      ...running,
    },
    { organization: 'Borealis Media', name: 'Borealis events', ...running },
    { organization: 'Cumulus Radio', name: 'Cumulus events', lifecycle: 'awaiting_customer', week: false },
  ]);
  await seedOnce(keys);
  expect(await everything()).toEqual(first);
});

test('a made-up day is its hours, and an hour with minutes is its minutes', async () => {
  const { rows } = await database.sql.query<{ grain: string; differ: number; compared: number }>(
    `SELECT c.grain, count(*)::int AS compared, count(*) FILTER (WHERE c.rows <> f.rows OR c.sum_ms <> f.sum_ms
       OR c.max_ms <> f.max_ms OR c.files <> f.files)::int AS differ
     FROM latency_rollup c
     CROSS JOIN LATERAL (
       SELECT sum(rows) AS rows, sum(sum_ms) AS sum_ms, max(max_ms) AS max_ms, sum(files) AS files
       FROM latency_rollup f WHERE f.routing_id = c.routing_id
         AND f.grain = CASE c.grain WHEN 'day' THEN 'hour' ELSE 'minute' END
         AND date_trunc(c.grain, f.at, 'UTC') = c.at
     ) f
     WHERE c.grain <> 'minute' AND f.rows IS NOT NULL GROUP BY c.grain ORDER BY c.grain`,
  );
  expect(rows).toMatchObject([
    { grain: 'day', differ: 0 },
    { grain: 'hour', differ: 0 },
  ]);
  for (const { compared } of rows) expect(compared).toBeGreaterThan(10);
});
