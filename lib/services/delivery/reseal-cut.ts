import type { Sql } from '@/lib/platform/sql';
import type { NewFile, ResealRequest } from './delivery-ledger';

/**
 * Moves an open cut to its next generation without the corrupt chunks of one file, in one statement. False, with nothing
 * written, when the cut or the lane has moved on, or when some attempt may have written that file and nobody has
 * accepted that it may come to exist twice.
 */
export async function resealCut(sql: Sql, request: ResealRequest): Promise<boolean> {
  const { lane, cut, fromId, file, setAside, workerId } = request;
  const { rows } = await sql.query<{ resealed: boolean }>(
    'SELECT delivery.reseal_cut($1, $2, $3, $4, $5, $6, $7, $8) AS resealed',
    [
      cut.cutId,
      lane.laneId,
      lane.epoch,
      cut.generation,
      fromId,
      file === null ? null : JSON.stringify(toRow(file)),
      JSON.stringify(setAside),
      workerId,
    ],
  );
  return rows[0]?.resealed === true;
}

function toRow({ fileId, key, lo, hi, kind, rows, rawBytes, crcRaw, ...received }: NewFile) {
  const { receivedMinMs, receivedMaxMs, receivedSumMs } = received;
  const content = { lo, hi, kind, rows, rawBytes, crcRaw };
  return {
    id: fileId,
    key,
    ...content,
    receivedMinMs,
    receivedMaxMs,
    receivedSumMs: receivedSumMs.toString(),
  };
}
