import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { migrate } from './migrate';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('a second run applies nothing', async () => {
  expect(await migrate({ databaseUrl: database.url, directory: 'prisma/migrations' })).toEqual([]);
});

test('every model of the Prisma schema can be read from the migrated database, column by column', async () => {
  const models = Object.entries(database.db).filter(
    ([name, value]) =>
      /^[a-z]/.test(name) && typeof (value as { findFirst?: unknown })?.findFirst === 'function',
  );
  expect(models.length).toBeGreaterThan(10);
  for (const [, model] of models) await (model as { findFirst(): Promise<unknown> }).findFirst();
});
