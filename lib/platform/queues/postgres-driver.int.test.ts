import { MIGRATION_ADVISORY_LOCK_KEY } from 'bullmq';
import { expect, test } from 'vitest';
import { createTestDatabase } from '@/lib/testing/database';
import { waitUntil } from '@/lib/testing/wait-until';
import { openPostgresDriver } from './postgres-driver';

test('a connection that breaks while the tables are made is an error of the call, not the end of the process', async () => {
  const database = await createTestDatabase();
  const holder = await database.sql.connect();
  await holder.query(`SELECT pg_advisory_lock($1, hashtext('bullmq'))`, [MIGRATION_ADVISORY_LOCK_KEY]);
  const opening = openPostgresDriver({ databaseUrl: database.url, workersMax: 2 });
  const refused = expect(opening).rejects.toThrow();
  await waitUntil('the driver waits for the lock, and is cut off', async () => {
    const { rowCount } = await holder.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'sluice-queue' AND wait_event_type = 'Lock'`,
    );
    return rowCount === 1;
  });
  await refused;
  holder.release(true);
  await database.close();
});
