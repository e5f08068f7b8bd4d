import { AppError } from '@/lib/domain/errors';
import { type CreateHandOverLinkInput, createHandOverLinkSchema } from '@/lib/domain/hand-over/input';
import type { HandOverLinkView } from '@/lib/domain/hand-over/view';
import { parseInput } from '@/lib/domain/parse-input';
import { isUnstarted } from '@/lib/domain/routing/label';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { lockRouting } from '@/lib/services/routing/lock';
import { endLinksOfRouting } from './end-links';
import { insertLink } from './insert-link';
import { mailLink } from './mail-link';
import { readLinkView } from './read-link-views';

export interface HandOverLinkMade {
  readonly handOverLink: HandOverLinkView;
  /** With the token in its fragment: shown this once, and kept nowhere. */
  readonly address: string;
}

/**
 * Makes the routing's one open link, and ends the one before with everything it was passed on to. `origin` is the
 * address of the dashboard. Throws FORBIDDEN, VALIDATION, NOT_FOUND, PRECONDITION (the routing has been started: what
 * delivers is not changed from outside).
 */
export async function createHandOverLink(given: {
  ctx: Ctx;
  input: CreateHandOverLinkInput;
  origin: string;
}): Promise<HandOverLinkMade> {
  const { ctx, origin } = given;
  requirePermission(ctx, 'hand-over.manage');
  const { routingId, recipient, isMailed } = parseInput(createHandOverLinkSchema, given.input);
  return withTransaction(ctx.db, async (tx) => {
    const routing = await lockRouting(tx, ctx, routingId);
    if (!isUnstarted(routing.lifecycle)) throw alreadyStarted();
    const { organizationId } = routing;
    await endLinksOfRouting(tx, { routingId, by: ctx.actor });
    const link = await insertLink(tx, { organizationId, routingId, recipient, by: ctx.actor, origin });
    if (isMailed && recipient !== null) {
      await mailLink(tx, { ...link, recipient, sentBy: ctx.actor.name, sealer: ctx.sealer });
    }
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId,
      action: 'hand-over.create',
      target: `routing:${routingId}`,
      detail: { linkId: link.id, recipient, isMailed },
    });
    return { handOverLink: await readLinkView(tx, link.id), address: link.address };
  });
}

function alreadyStarted(): AppError {
  return new AppError(
    'PRECONDITION',
    'This routing has been started. A hand-over link sets up access before the start; new access is entered here, by you or by somebody of the customer who is signed in.',
  );
}
