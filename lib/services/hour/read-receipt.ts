import { type ReadReceiptInput, readReceiptSchema } from '@/lib/domain/hour/hour-input';
import { type HourReceipt, RECEIPT_FILES_MAX } from '@/lib/domain/hour/receipt';
import { parseInput } from '@/lib/domain/parse-input';
import { HOUR_MS } from '@/lib/domain/time-units';
import type { Ctx } from '@/lib/services/context';
import { readFileViews } from '@/lib/services/file/read-views';
import { notFound, requirePermission } from '@/lib/services/guard';
import { listHours } from './list-hours';

/** The receipt of one hour: its sums and its files. Throws NOT_FOUND for a routing the actor does not see. */
export async function readReceipt(given: { ctx: Ctx; input: ReadReceiptInput }): Promise<HourReceipt> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.see');
  const { routingId, type, hour } = parseInput(readReceiptSchema, given.input);
  const to = new Date(Date.parse(hour) + HOUR_MS).toISOString();
  const { hours } = await listHours({ ctx, input: { routingId, type, from: hour, to } });
  const [view] = hours;
  const routing = await ctx.db.routing.findUnique({
    where: { id: routingId },
    select: { id: true, name: true },
  });
  if (view === undefined || routing === null) throw notFound('routing');
  const { organizationId } = ctx.actor;
  const found = await readFileViews(ctx.db, {
    routingId,
    organizationId,
    type,
    hour,
    limit: RECEIPT_FILES_MAX,
  });
  const files = found.reverse().map(({ view: file, content: { routingId: _, ...content } }) => ({
    ...file,
    ...content,
  }));
  return { routing, hour: view, files };
}
