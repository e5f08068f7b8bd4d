import type { NewChunk } from '@/lib/domain/chunk/chunk';
import { AppError } from '@/lib/domain/errors';
import type { AcceptedCount } from './event-log';

/**
 * Per chunk what was counted of its stream and hour: all of it at the first such chunk, 0 at the others. Throws
 * AppError INTERNAL unless every count has a chunk, and every chunk a count.
 */
export function placeCounts(chunks: readonly NewChunk[], accepted: readonly AcceptedCount[]): number[] {
  const counts = new Map(accepted.map((count) => [nameOf(count), count.rows]));
  const placed = new Set<string>();
  const rows = chunks.map((chunk) => {
    const name = nameOf(chunk);
    const count = counts.get(name);
    if (count === undefined) throw new AppError('INTERNAL', `Nobody counted the lines of ${name}`);
    if (placed.has(name)) return 0;
    placed.add(name);
    return count;
  });
  if (placed.size === accepted.length) return rows;
  throw new AppError('INTERNAL', 'Lines were counted of which no chunk was made, or twice');
}

function nameOf({ streamId, hourMs }: { readonly streamId: number; readonly hourMs: number }): string {
  return `${streamId}/${hourMs}`;
}
