import { AppError, invariant } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import { type ArchiveRoutingInput, archiveRoutingSchema } from '@/lib/domain/routing/ending-input';
import type { RoutingView } from '@/lib/domain/routing/view';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import { eraseNoticeSecrets } from '@/lib/services/contact/erase-of-routing';
import type { Ctx } from '@/lib/services/context';
import { eraseCredentials } from '@/lib/services/credential/erase-of-routing';
import { endCandidate } from '@/lib/services/destination/end-candidate';
import { requirePermission } from '@/lib/services/guard';
import { endLinksOfRouting } from '@/lib/services/hand-over/end-links';
import { endState } from './end-state';
import { lockRouting } from './lock';
import { readRoutingViews } from './read-views';

/**
 * Archives a routing that is disabled or was never started: erases the sealed keys of all of its credentials for good,
 * ends its hand-over links, forgets its probes and gives its places back; its history stays. Throws FORBIDDEN,
 * VALIDATION (another name), NOT_FOUND, CONFLICT (it is archived), PRECONDITION (it has not ended).
 */
export async function archiveRouting(given: { ctx: Ctx; input: ArchiveRoutingInput }): Promise<RoutingView> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.archive');
  const { routingId, name, reason } = parseInput(archiveRoutingSchema, given.input);
  return withTransaction(ctx.db, async (tx) => {
    const routing = await lockRouting(tx, ctx, routingId);
    if (name !== routing.row.name)
      throw new AppError('VALIDATION', 'Some fields need your attention.', {
        issues: [{ field: 'name', message: `Type the name of the routing as it is: ${routing.row.name}` }],
      });
    await endState(tx, ctx, { routing, kind: 'archive', reason, drainMinutes: null });
    await endCandidate(tx, routingId);
    const credentials = await eraseCredentials(tx, routingId);
    const handOverLinks = await endLinksOfRouting(tx, { routingId, by: ctx.actor });
    await eraseNoticeSecrets(tx, routingId);
    // An archived routing proves nothing any more, and the probe's key names what nobody may look at.
    await tx.$executeRaw`DELETE FROM access_probe WHERE routing_id = ${routingId}::uuid`;
    await tx.$executeRaw`DELETE FROM access_proof WHERE routing_id = ${routingId}::uuid`;
    // Nothing of it is on its way any more: others may prove the place for themselves.
    await tx.$executeRaw`DELETE FROM place_reservation WHERE routing_id = ${routingId}::uuid`;
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId: routing.organizationId,
      action: 'routing.archive',
      target: `routing:${routingId}`,
      detail: { reason, credentials, handOverLinks },
    });
    const [view] = await readRoutingViews(tx, { routingId, limit: 1 });
    invariant(view, 'a locked routing can be read');
    return view;
  });
}
