import type { LastAnswers, UploadAnswer } from '@/lib/domain/destination/last-answers';
import { parseInput } from '@/lib/domain/parse-input';
import { type RoutingIdInput, routingIdSchema } from '@/lib/domain/routing/input';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { requireRouting } from '@/lib/services/routing/require-routing';

/** The store's last confirmation and last refusal of an upload. Throws NOT_FOUND for a routing the actor does not see. */
export async function readLastAnswers(given: { ctx: Ctx; input: RoutingIdInput }): Promise<LastAnswers> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.see');
  const { routingId } = parseInput(routingIdSchema, given.input);
  await requireRouting(ctx, routingId);
  const [confirmed, refused] = await Promise.all([
    readLast(ctx, routingId, 'done'),
    readLast(ctx, routingId, 'refused'),
  ]);
  return { confirmed, refused };
}

async function readLast(
  { db }: Ctx,
  routingId: string,
  outcome: 'done' | 'refused',
): Promise<UploadAnswer | null> {
  const row = await db.attempt.findFirst({
    where: { routingId, outcome, endedAt: { not: null } },
    orderBy: { endedAt: 'desc' },
    select: { endedAt: true, httpStatus: true, code: true, requestId: true },
  });
  if (row === null || row.endedAt === null) return null;
  const { endedAt, httpStatus, code, requestId } = row;
  return { at: endedAt.toISOString(), httpStatus, code, requestId };
}
