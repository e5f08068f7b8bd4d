import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_SECRET_MARK } from '@/lib/platform/demo-secret';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { testSealKeyPair } from '@/lib/testing/routing';
import { startWorkerProcess } from '@/lib/testing/worker-process';

test('without a database a worker says so in one line and ends', async () => {
  const worker = await startWorkerProcess('worker', {
    DATABASE_URL: 'postgresql://nobody:hidden@127.0.0.1:1/none',
    SLUICE_SEAL_PRIVATE_KEYS: testSealKeyPair().privateKeyPem,
  });
  expect(await worker.ended).toEqual({ code: 1, signal: null });
  expect(worker.output().trim().split('\n')).toEqual([
    'The database at 127.0.0.1:1/none cannot be reached: connect ECONNREFUSED 127.0.0.1:1. Is it running, and is DATABASE_URL right?',
  ]);
});

test('an armed crash point outside demo mode is refused', async () => {
  const database = await createTestDatabase();
  const worker = await startWorkerProcess('worker', {
    DATABASE_URL: database.url,
    SLUICE_SEAL_PRIVATE_KEYS: testSealKeyPair().privateKeyPem,
    SLUICE_MODE: 'production',
    SLUICE_CRASH_AT: 'after_seal',
  });
  expect(await worker.ended).toEqual({ code: 1, signal: null });
  expect(worker.output()).toContain('SLUICE_CRASH_AT');
  await database.close();
});

const production = { NODE_ENV: 'production', SLUICE_MODE: 'production' };

test('in production everything that is for trying out only is said at once', async () => {
  const worker = await startWorkerProcess('worker', {
    ...production,
    DATABASE_URL: 'postgresql://nobody:hidden@127.0.0.1:1/none',
    SLUICE_SEAL_PRIVATE_KEYS: `${DEMO_SECRET_MARK}\n${testSealKeyPair().privateKeyPem}`,
    SLUICE_S3_ENDPOINTS: 'http://127.0.0.1:9000',
    SLUICE_OUTBOUND_ORIGINS: 'http://127.0.0.1:9001',
  });
  expect(await worker.ended).toEqual({ code: 1, signal: null });
  for (const name of ['SLUICE_SEAL_PRIVATE_KEYS', 'SLUICE_S3_ENDPOINTS', 'SLUICE_OUTBOUND_ORIGINS'])
    expect(worker.output()).toContain(`  ${name}: `);
  expect(worker.output()).not.toContain('PRIVATE KEY-----');
});

describe('a database that is not ready', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.close());

  const startCollector = (env: Readonly<Record<string, string>> = {}) =>
    startWorkerProcess('collector', { DATABASE_URL: database.url, SLUICE_COLLECTOR_PORT: '0', ...env });

  test('for production holds people of the demo, and they are named', async () => {
    await database.sql.query(
      `INSERT INTO "user" (email, name, password_hash, role) VALUES ('ada@sluice.example', 'Ada', '', 'admin')`,
    );
    const refused = await startCollector(production);
    expect(await refused.ended).toEqual({ code: 1, signal: null });
    expect(refused.output()).toContain('people of the demo (ada@sluice.example)');
    await database.sql.query(`UPDATE "user" SET disabled_at = now()`);
    const started = await startCollector(production);
    await expect.poll(() => started.output(), { timeout: 30_000 }).toContain('"msg":"Started"');
    started.kill('SIGTERM');
    expect(await started.ended).toEqual({ code: 0, signal: null });
  });

  test('lacks migrations, and the first of them is named', async () => {
    await database.sql.query(`DELETE FROM "_prisma_migrations" WHERE migration_name = '20261122000000_init'`);
    const refused = await startCollector();
    expect(await refused.ended).toEqual({ code: 1, signal: null });
    expect(refused.output().trim()).toBe(
      'The database lacks 1 migration(s), the first is 20261122000000_init: run npm run db:migrate.',
    );
  });
});
