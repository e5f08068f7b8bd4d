import { createTestDatabase } from '@/lib/testing/database';
import { eventLogConformance } from '@/lib/testing/event-log-conformance';
import { createTenant } from '@/lib/testing/tenant';
import { createPostgresEventLog } from './postgres-event-log';

eventLogConformance(async () => {
  const database = await createTestDatabase();
  const { sql } = database;
  const { organizationId, workspaceId } = await createTenant(sql);
  let shard = 0;
  return {
    log: createPostgresEventLog({ sql }),
    workspaceId,
    newStream: async () => {
      shard += 1;
      const { rows } = await sql.query<{ id: number }>(
        `INSERT INTO log.stream (organization_id, workspace_id, type, shard) VALUES ($1, $2, 'events', $3) RETURNING id`,
        [organizationId, workspaceId, shard],
      );
      return rows[0]!.id;
    },
    closeHours: async (streamId, throughMs) => {
      await sql.query('UPDATE log.stream SET closed_through = to_timestamp($2 / 1000.0) WHERE id = $1', [
        streamId,
        throughMs,
      ]);
    },
    removeChunk: async (streamId, offset) => {
      await sql.query('DELETE FROM log.chunk WHERE stream_id = $1 AND "offset" = $2', [streamId, offset]);
    },
    replaceBody: async (streamId, offset, body) => {
      await sql.query('UPDATE log.chunk SET body = $3 WHERE stream_id = $1 AND "offset" = $2', [
        streamId,
        offset,
        body,
      ]);
    },
    acceptedOf: async (streamId) => {
      const { rows } = await sql.query<{ hour: Date; rows: number }>(
        `SELECT hour, rows FROM log.accepted_hours($1, '-infinity', 'infinity')`,
        [streamId],
      );
      return new Map(rows.map(({ hour, rows: accepted }) => [hour.getTime(), accepted]));
    },
    close: () => database.close(),
  };
});
