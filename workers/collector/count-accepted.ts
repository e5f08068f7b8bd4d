import { AppError } from '@/lib/domain/errors';
import type { AcceptedCount } from '@/lib/platform/event-log/event-log';
import type { Unit } from './unit';

const HOUR_MS = 3_600_000;

/** The units' lines by stream and hour, counted from the units alone: the receipts hold the log's chunks against it. */
export function countAccepted(units: readonly Unit[]): AcceptedCount[] {
  const counts = new Map<string, { streamId: number; hourMs: number; rows: number }>();
  for (const unit of units) {
    const hourMs = Math.floor(unit.timeMs / HOUR_MS) * HOUR_MS;
    for (const { streamId, lines } of unit.lines) {
      if (lines.rows === 0) continue;
      const name = `${streamId}/${hourMs}`;
      const count = counts.get(name);
      if (count === undefined) counts.set(name, { streamId, hourMs, rows: lines.rows });
      else count.rows += lines.rows;
    }
  }
  return [...counts.values()];
}

/** Throws AppError INTERNAL when chunks do not hold as many lines as were accepted: then nothing may be answered. */
export function requireAll(
  accepted: readonly AcceptedCount[],
  chunks: readonly { readonly rows: number }[],
): void {
  const counted = accepted.reduce((sum, { rows }) => sum + rows, 0);
  const chunked = chunks.reduce((sum, { rows }) => sum + rows, 0);
  if (counted === chunked) return;
  throw new AppError('INTERNAL', `${counted} lines were accepted, and chunks of ${chunked} made of them`);
}
