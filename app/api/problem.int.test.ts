import { Writable } from 'node:stream';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '@/lib/domain/errors';
import { createRouting } from '@/lib/services/routing/create';
import { createCtxFactory, routingInput, TEST_ACCESS_KEY_ID, TEST_SECRET } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant } from '@/lib/testing/tenant';
import { toProblem } from './problem';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

function memoryLogger() {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { lines, logger: pino(stream) };
}

test('a database error in the middle of storing access keys puts them into no answer and no log line', async () => {
  const tenant = await createTenant(database.sql);
  const ctx = await createCtxFactory(database).ctxOf('admin');
  await database.sql.query('ALTER TABLE credential DROP COLUMN key_id');
  const error = await createRouting({ ctx, input: routingInput(tenant) }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Error);
  const { lines, logger } = memoryLogger();
  const response = toProblem(error, { requestId: 'r', logger });
  expect(lines).toHaveLength(1);
  for (const text of [await response.text(), ...lines]) {
    expect(text).not.toContain(TEST_SECRET);
    expect(text).not.toContain(TEST_ACCESS_KEY_ID);
  }
});

test('a limit says when to come back, and an expected refusal is not logged', () => {
  const { lines, logger } = memoryLogger();
  const limit = new AppError('LIMIT', 'Too many.', { retryAfterSeconds: 42 });
  const response = toProblem(limit, { requestId: 'r', logger });
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '42']);
  expect(lines).toEqual([]);
});

test('a broken invariant is our fault: logged, and not shown', async () => {
  const { lines, logger } = memoryLogger();
  const response = toProblem(new AppError('INTERNAL', 'Invariant broken: x'), { requestId: 'r', logger });
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('Invariant');
  expect(lines[0]).toContain('Invariant broken');
});
