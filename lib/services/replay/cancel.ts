import { AppError, invariant } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import { type ReplayIdInput, replayIdSchema } from '@/lib/domain/replay/replay-input';
import type { ReplayView } from '@/lib/domain/replay/view';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { notFound, requirePermission } from '@/lib/services/guard';
import { lockRouting } from '@/lib/services/routing/lock';
import { readReplayViews } from './read-views';

/**
 * Ends a running replay: no PUT of it starts after this commit; what has been written stays. Throws FORBIDDEN,
 * NOT_FOUND, and CONFLICT for one that has ended by itself.
 */
export async function cancelReplay(given: { ctx: Ctx; input: ReplayIdInput }): Promise<ReplayView> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.replay');
  const { routingId, replayId } = parseInput(replayIdSchema, given.input);
  return withTransaction(ctx.db, async (tx) => {
    const { organizationId } = await lockRouting(tx, ctx, routingId);
    const cancelled = await tx.$executeRaw`
      UPDATE replay SET state = 'cancelled', ended_at = clock_timestamp()
      WHERE id = ${replayId}::uuid AND routing_id = ${routingId}::uuid AND state = 'running'`;
    const [view] = await readReplayViews(tx, { routingId, replayId, limit: 1 });
    if (view === undefined) throw notFound('replay');
    if (cancelled === 0) {
      const ended = view.state === 'cancelled' ? 'was cancelled before' : 'is done already';
      throw new AppError('CONFLICT', `This replay ${ended}.`);
    }
    invariant(view.state === 'cancelled', 'a replay just cancelled is cancelled');
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId,
      action: 'routing.replay_cancel',
      target: `routing:${routingId}`,
      detail: { replayId, mode: view.mode, files: view.files, notTried: view.counts.pending },
    });
    return view;
  });
}
