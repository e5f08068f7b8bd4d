import { migrate } from '@/lib/platform/db/migrate';
import { attachPartitions } from '@/lib/platform/event-log/partitions';
import { createSql } from '@/lib/platform/sql';

/**
 * Applies the migrations, then attaches the log's partitions for today: after a longer rest the old ones have
 * passed, and collectors must not wait for the first worker. Returns the names of the migrations applied.
 */
export async function prepareDatabase(databaseUrl: string): Promise<string[]> {
  const applied = await migrate({ databaseUrl, directory: 'prisma/migrations' });
  const sql = createSql({ databaseUrl, applicationName: 'sluice-migrate', connectionsMax: 1 });
  try {
    await attachPartitions(sql);
  } finally {
    await sql.end();
  }
  return applied;
}
