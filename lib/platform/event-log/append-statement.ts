import { AppError } from '@/lib/domain/errors';
import type { AppendRequest } from './event-log';
import { placeCounts } from './place-counts';

/** The most body bytes of one append; larger statements hold head locks for too long. */
export const APPEND_BYTES_MAX = 4 * 1024 * 1024;

const PARAMETERS = 21;

export const APPEND_TEXT = `SELECT log.append_counted(${Array.from({ length: PARAMETERS }, (_, i) => `$${i + 1}`).join(', ')}) AS offsets`;

/** The parameters of `log.append_counted`, in its order. Bodies travel as one Buffer: an array of bytea costs four times the CPU. */
export function toAppendParameters({ appendId, chunks, idempotency, accepted }: AppendRequest): unknown[] {
  for (const chunk of chunks) {
    if (chunk.body.length !== chunk.bodyBytes || chunk.bodyBytes === 0 || chunk.rows < 1)
      throw new AppError('INTERNAL', 'A chunk needs lines, and its body exactly bodyBytes bytes');
  }
  const bodies = Buffer.concat(chunks.map((chunk) => chunk.body));
  if (bodies.length > APPEND_BYTES_MAX) {
    throw new AppError(
      'LIMIT',
      `An append holds at most ${APPEND_BYTES_MAX} bytes, this one ${bodies.length}`,
    );
  }
  return [
    appendId,
    chunks.map((chunk) => chunk.streamId),
    chunks.map((chunk) => chunk.hourMs),
    chunks.map((chunk) => chunk.rows),
    chunks.map((chunk) => chunk.rawBytes),
    chunks.map((chunk) => chunk.crcRaw),
    chunks.map((chunk) => chunk.bodyBytes),
    chunks.map((chunk) => chunk.crcBody),
    chunks.map((chunk) => chunk.receivedMinMs),
    chunks.map((chunk) => chunk.receivedMaxMs),
    chunks.map((chunk) => chunk.receivedSumMs.toString()),
    chunks.map((chunk) => chunk.snapshotEnd),
    bodies,
    idempotency.map((row) => row.workspaceId),
    idempotency.map((row) => row.call),
    idempotency.map((row) => row.key),
    idempotency.map((row) => row.bodyHash.toString('hex')),
    idempotency.map((row) => row.status),
    idempotency.map((row) => row.answer.length),
    Buffer.concat(idempotency.map((row) => row.answer)),
    accepted === undefined ? null : placeCounts(chunks, accepted),
  ];
}
