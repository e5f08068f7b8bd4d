import type { Sql } from '@/lib/platform/sql';
import type { NewFile, SealRequest } from './delivery-ledger';

const SEAL = `SELECT cut_id, attempt_id
  FROM delivery.seal_cut($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`;

/**
 * Records a cut, its filter, its files and the first mark, and moves the lane's `next`, in one statement. Null when `next`,
 * epoch or running are no longer what they were: then nothing was written.
 */
export async function sealCut(
  sql: Sql,
  request: SealRequest,
): Promise<{ cutId: number; attemptId: number | null } | null> {
  const { lane } = request;
  const files = request.files.map((file, position) => toRow(request, file, position));
  const { rows } = await sql.query<{ cut_id: number; attempt_id: number | null }>(SEAL, [
    lane.laneId,
    lane.epoch,
    request.lo,
    request.hi,
    lane.destinationVersion,
    request.reason,
    request.rows,
    request.rawBytes,
    request.bodyBytes,
    request.sealedAtMs,
    JSON.stringify(files),
    request.workerId,
    request.deadlineMs,
    lane.eventNames,
    JSON.stringify(request.setAside),
  ]);
  const row = rows[0];
  return row === undefined ? null : { cutId: row.cut_id, attemptId: row.attempt_id };
}

function toRow(request: SealRequest, file: NewFile, position: number) {
  const { lane } = request;
  return {
    id: file.fileId,
    position,
    generation: file.generation,
    endpoint: lane.endpoint,
    bucket: lane.bucket,
    key: file.key,
    type: lane.type,
    hourMs: file.hourMs,
    lo: file.lo,
    hi: file.hi,
    kind: file.kind,
    rows: file.rows,
    rawBytes: file.rawBytes,
    crcRaw: file.crcRaw,
    receivedMinMs: file.receivedMinMs,
    receivedMaxMs: file.receivedMaxMs,
    receivedSumMs: file.receivedSumMs.toString(),
  };
}
