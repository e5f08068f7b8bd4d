import type { DatabaseView } from '@/lib/domain/system/view';
import type { DbTransaction } from '@/lib/platform/db/client';

interface DatabaseRow {
  readonly version: string;
  readonly connections: number;
  readonly connections_max: number;
}

/** The server's version, its connections, and how far its clock is from ours by the middle of a round trip. */
export async function readDatabase(tx: DbTransaction): Promise<DatabaseView> {
  const [row] = await tx.$queryRaw<DatabaseRow[]>`
    SELECT current_setting('server_version') AS version, current_setting('max_connections')::int AS connections_max,
      (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS connections`;
  const before = Date.now();
  const [clock] = await tx.$queryRaw<{ ms: number }[]>`
    SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms`;
  const after = Date.now();
  if (row === undefined || clock === undefined) throw new Error('The database did not describe itself');
  return {
    version: row.version,
    connections: row.connections,
    connectionsMax: row.connections_max,
    clockAheadMs: Math.round(clock.ms - (before + after) / 2),
  };
}
