import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { searchInstance } from './search-instance';
import { needleOf } from './secret-forms';

let database: TestDatabase;
let logDirectory: string;
beforeAll(async () => {
  database = await createTestDatabase();
  logDirectory = mkdtempSync(join(tmpdir(), 'sluice-logs-'));
});
afterAll(async () => {
  rmSync(logDirectory, { recursive: true, force: true });
  await database.close();
});

test('a secret planted in a text, in bytes, in the queue’s payload or in a log is found, and named by its place', async () => {
  const secret = 'planted/secret+0123456789';
  await database.sql.query('CREATE TABLE planted (payload jsonb, body bytea)');
  await database.sql.query('INSERT INTO planted (payload) VALUES ($1)', [{ secret }]);
  await database.sql.query('CREATE SCHEMA queue CREATE TABLE bytes (body bytea)');
  await database.sql.query('INSERT INTO queue.bytes VALUES ($1)', [Buffer.from(`x${secret}y`)]);
  writeFileSync(join(logDirectory, 'web.log'), `{"level":30}\n{"url":"/?s=${encodeURIComponent(secret)}"}\n`);
  const place = { databaseUrl: database.url, logDirectory };
  const report = await searchInstance(place, [needleOf('the secret', secret)]);
  expect(report.found).toEqual([
    'the secret in the log web.log',
    'the secret in the table public.planted',
    'the secret in the table queue.bytes',
  ]);
  expect(report).toMatchObject({ logLines: 2 });
});
