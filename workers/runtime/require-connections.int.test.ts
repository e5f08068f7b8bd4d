import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@/dev/embedded-postgres/start';
import {
  connectionBudget,
  findConnectionShortage,
  type ServerConnections,
} from '@/lib/platform/connection-budget';
import { createDb } from '@/lib/platform/db/client';
import { migrate } from '@/lib/platform/db/migrate';
import { createSql, type Sql } from '@/lib/platform/sql';
import { testSealKeyPair } from '@/lib/testing/routing';
import { startWorkerProcess } from '@/lib/testing/worker-process';
import { requireConnections } from './require-connections';

const WORKER = connectionBudget('worker', 'postgres');
const ENOUGH = WORKER.pool + WORKER.queue + 1;

const directory = mkdtempSync(join(tmpdir(), 'sluice-connections-'));
let postgres: EmbeddedPostgres;
let sql: Sql;
beforeAll(async () => {
  postgres = await startEmbeddedPostgres({
    directory,
    port: 0,
    settings: { fsync: 'off', max_connections: String(ENOUGH), max_wal_senders: '0', autovacuum: 'off' },
  });
  await migrate({ databaseUrl: postgres.url('postgres'), directory: 'prisma/migrations' });
  sql = createSql({ databaseUrl: postgres.url('postgres'), applicationName: 'test', connectionsMax: 3 });
});
afterAll(async () => {
  await sql.end();
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
});

test('a process passes while what it may open is free, besides the connection that asks', async () => {
  await expect(requireConnections(sql, 'worker', WORKER)).resolves.toBeUndefined();
});

test('web asks through its own client and is told the same way', async () => {
  const db = createDb({ databaseUrl: postgres.url('postgres'), connectionsMax: 1 });
  const query = (statement: string) => db.$queryRawUnsafe<ServerConnections[]>(statement);
  const ask = (pool: number) => findConnectionShortage(query, 'web', { pool, queue: 0, redis: 0 });
  expect(await ask(10)).toBeNull();
  expect(await ask(ENOUGH)).toContain(`This web process may open ${ENOUGH} connections`);
  await db.$disconnect();
});

test('a worker that does not fit says so in one line, with the numbers, and ends', async () => {
  const held = await Promise.all([sql.connect(), sql.connect()]);
  const worker = await startWorkerProcess('worker', {
    DATABASE_URL: postgres.url('postgres'),
    SLUICE_SEAL_PRIVATE_KEYS: testSealKeyPair().privateKeyPem,
    REDIS_URL: '',
  });
  const { code } = await worker.ended;
  for (const client of held) client.release();
  expect(code).toBe(1);
  const { pool, queue } = WORKER;
  expect(worker.output().trim()).toBe(
    `This worker may open ${pool + queue} connections to Postgres (${pool} for its work, ${queue} for the queue), ` +
      `and ${ENOUGH - 2} of ${ENOUGH} are free: 2 are in use, 0 are reserved. ` +
      'Raise max_connections, or run fewer processes.',
  );
});
