import { expect, test } from 'vitest';
import { createTestDatabase } from '@/lib/testing/database';
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
