import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '@/dev/embedded-postgres/start';
import { migrate } from '@/lib/platform/db/migrate';

export const TEMPLATE_DATABASE = 'sluice_template';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the test server's `postgres` database. */
    postgresUrl: string;
  }
}

/** One embedded Postgres for the whole run; each suite clones the migrated template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-test-'));
  const settings = { fsync: 'off', max_connections: '400', shared_buffers: '256MB' };
  const postgres = await startEmbeddedPostgres({ directory, port: 0, settings });
  await postgres.createDatabase(TEMPLATE_DATABASE);
  await migrate({ databaseUrl: postgres.url(TEMPLATE_DATABASE), directory: 'prisma/migrations' });
  project.provide('postgresUrl', postgres.url('postgres'));
  return async () => {
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}
