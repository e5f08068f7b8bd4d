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
  const newest = {
    where: { routingId, endedAt: { not: null } },
    orderBy: [{ endedAt: 'desc' as const }, { id: 'desc' as const }],
    take: TRIES_MAX,
    select: { endedAt: true, httpStatus: true, code: true, requestId: true, outcome: true },
  };
  const [files, probes] = await Promise.all([db.attempt.findMany(newest), db.accessProbe.findMany(newest)]);
  return [...files.flatMap(toTry('file')), ...probes.flatMap(toTry('probe'))]
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
    .slice(0, TRIES_MAX);
}

interface EndedTry extends Pick<TryView, 'httpStatus' | 'code' | 'requestId'> {
  readonly endedAt: Date | null;
  readonly outcome: string | null;
}

function toTry(kind: TryView['kind']): (row: EndedTry) => TryView[] {
  return ({ endedAt, outcome, httpStatus, code, requestId }) => {
    if (endedAt === null) return [];
    const answer = { httpStatus, code, requestId, outcome: outcomeSchema.parse(outcome) };
    return [{ kind, at: endedAt.toISOString(), ...answer }];
  };
}

/** Of lanes that back off; one that is held waits for a person, not for a time. */
async function readNextTryAt({ db }: Ctx, routingId: string): Promise<string | null> {
  const [row] = await db.$queryRaw<{ at: Date | null }[]>`
    SELECT min(l.not_before) AS at FROM lane l
    WHERE l.routing_id = ${routingId}::uuid AND l.running AND l.held_cause IS NULL AND l.not_before > now()`;
  return row?.at?.toISOString() ?? null;
}
