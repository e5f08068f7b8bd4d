import { organizationScope } from '@/lib/domain/access/scope';
import type { DataType } from '@/lib/domain/data-type';
import { type ListHoursInput, listHoursSchema } from '@/lib/domain/hour/hour-input';
import { hourState, isReceiptBalanced } from '@/lib/domain/hour/hour-state';
import type { HourView } from '@/lib/domain/hour/view';
import { parseInput } from '@/lib/domain/parse-input';
import type { Ctx } from '@/lib/services/context';
import { notFound, requirePermission } from '@/lib/services/guard';
import { type HourRow, readHours } from './read-hours';

interface OfRouting {
  readonly type: DataType;
  readonly promiseMs: number;
  readonly isPaused: boolean;
}

/**
 * Every hour of one data type from `from` until before `to` (at most 31 days), oldest first: what was accepted and
 * where it is. Throws NOT_FOUND for a routing the actor does not see.
 */
export async function listHours(given: { ctx: Ctx; input: ListHoursInput }): Promise<{ hours: HourView[] }> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.see');
  const { routingId, type, from, to } = parseInput(listHoursSchema, given.input);
  const routing = await ctx.db.routing.findFirst({
    where: { id: routingId, ...organizationScope(ctx.actor) },
    select: {
      promiseSeconds: true,
      intent: true,
      transitions: { where: { cause: 'start' }, orderBy: { id: 'asc' }, take: 1, select: { at: true } },
    },
  });
  if (routing === null) throw notFound('routing');
  const startedAt = routing.transitions[0]?.at ?? null;
  const range = { routingId, type, from: new Date(from), to: new Date(to), startedAt };
  const rows = await readHours(ctx.db, range);
  const isPaused = routing.intent === 'pause';
  const of = { type, promiseMs: routing.promiseSeconds * 1_000, isPaused };
  return { hours: rows.map((row) => toHourView(row, of)) };
}

function toHourView(row: HourRow, { type, promiseMs, isPaused }: OfRouting): HourView {
  const { pending, delivered, gap, files } = row;
  const accepted = row.is_known ? row.accepted : null;
  const chunkRows = accepted === null ? null : row.chunk_rows;
  const counts = { accepted, chunkRows, delivered, pending, setAside: row.set_aside, gap };
  const latencyMaxMs = row.latency_max_ms;
  const hourMs = row.hour.getTime();
  const context = {
    nowMs: row.now.getTime(),
    closedThroughMs: row.closed_through?.getTime() ?? -Infinity,
    promiseMs,
    isPaused,
  };
  return {
    hour: row.hour.toISOString(),
    type,
    state: hourState({ ...counts, latencyMaxMs, hourMs }, context),
    ...counts,
    setAsideCorrupt: row.set_aside_corrupt,
    acceptedBy: accepted === null ? null : row.is_counted ? 'collectors' : 'chunks',
    files,
    gzipBytes: row.gzip_bytes,
    latencyMaxMs,
    isBalanced: isReceiptBalanced(counts),
  };
}
