import { parseInput } from '@/lib/domain/parse-input';
import { type ListReplaysInput, listReplaysSchema } from '@/lib/domain/replay/replay-input';
import type { ReplayView } from '@/lib/domain/replay/view';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { requireRouting } from '@/lib/services/routing/require-routing';
import { readReplayViews } from './read-views';

export interface ReplayPage {
  readonly replays: readonly ReplayView[];
  readonly nextCursor: string | null;
}

/** A page of a routing's replays and looks, newest first. Throws NOT_FOUND for a routing the actor does not see. */
export async function listReplays(given: { ctx: Ctx; input: ListReplaysInput }): Promise<ReplayPage> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.see');
  const { routingId, cursor, limit } = parseInput(listReplaysSchema, given.input);
  await requireRouting(ctx, routingId);
  const found = await readReplayViews(ctx.db, { routingId, afterId: cursor, limit: limit + 1 });
  const replays = found.slice(0, limit);
  return { replays, nextCursor: found.length > limit ? (replays.at(-1)?.id ?? null) : null };
}
