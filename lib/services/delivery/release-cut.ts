import type { Sql } from '@/lib/platform/sql';
import type { ReleaseRequest } from './delivery-ledger';

/**
 * Moves an open cut of which surely nothing was written to its next generation at the lane's present destination.
 * False, with nothing written, when the cut or the lane has moved on or some attempt may have written.
 */
export async function releaseCut(sql: Sql, request: ReleaseRequest): Promise<boolean> {
  const { lane, cut } = request;
  const files = request.files.map(({ fromId, fileId, key }) => ({ fromId, id: fileId, key }));
  const { rows } = await sql.query<{ moved: boolean }>(
    'SELECT delivery.release_cut($1, $2, $3, $4, $5, $6, $7, $8, $9) AS moved',
    [
      cut.cutId,
      lane.laneId,
      lane.epoch,
      cut.generation,
      lane.destinationVersion,
      lane.endpoint,
      lane.bucket,
      JSON.stringify(files),
      request.workerId,
    ],
  );
  return rows[0]?.moved === true;
}
