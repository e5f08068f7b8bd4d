import { z } from 'zod';
import type { RoutingIdInput } from '@/lib/domain/routing/input';
import type { TriesView, TryView } from '@/lib/domain/routing/view';
import type { Ctx } from '@/lib/services/context';
import { getRouting } from './get';

const TRIES_MAX = 5;
const outcomeSchema = z.enum(['done', 'refused', 'unknown']);

/** What the newest tries came to, when the next one is due and what is held. Throws NOT_FOUND as `getRouting` does. */
export async function readTries(given: { ctx: Ctx; input: RoutingIdInput }): Promise<TriesView> {
  const { ctx } = given;
  const view = await getRouting(given);
  const [lastTries, nextTryAt] = await Promise.all([
    readLastTries(ctx, view.id),
    readNextTryAt(ctx, view.id),
  ]);
  const { pendingRows: heldRows, pendingBytes: heldBytes, keptUntil } = view;
  return { lastTries, nextTryAt, heldRows, heldBytes, keptUntil };
}

async function readLastTries({ db }: Ctx, routingId: string): Promise<TryView[]> {
  const rows = await db.attempt.findMany({
    where: { routingId, endedAt: { not: null } },
    orderBy: [{ endedAt: 'desc' }, { id: 'desc' }],
    take: TRIES_MAX,
    select: { endedAt: true, httpStatus: true, code: true, requestId: true, outcome: true },
  });
  return rows.flatMap(({ endedAt, outcome, ...answer }) =>
    endedAt === null ? [] : [{ at: endedAt.toISOString(), ...answer, outcome: outcomeSchema.parse(outcome) }],
  );
}

/** Of lanes that back off; one that is held waits for a person, not for a time. */
async function readNextTryAt({ db }: Ctx, routingId: string): Promise<string | null> {
  const [row] = await db.$queryRaw<{ at: Date | null }[]>`
    SELECT min(l.not_before) AS at FROM lane l
    WHERE l.routing_id = ${routingId}::uuid AND l.running AND l.held_cause IS NULL AND l.not_before > now()`;
  return row?.at?.toISOString() ?? null;
}
