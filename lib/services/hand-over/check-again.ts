import { actorRef } from '@/lib/domain/access/actor';
import type { HandOverPageInput } from '@/lib/domain/hand-over/input';
import { requestAccessCheck } from '@/lib/services/access-check/request';
import type { AnonymousCtx } from '@/lib/services/context';
import { countCheck } from './count-check';
import { findOpenLink } from './lock-link';
import { onOpenQuestion } from './on-open-question';

/** Has the access of a link's routing checked anew. Throws NOT_FOUND, LIMIT, PRECONDITION (no access, or done). */
export async function checkHandOverAgain(given: {
  ctx: AnonymousCtx;
  page: HandOverPageInput;
}): Promise<void> {
  const { ctx, page } = given;
  const { rootId } = await findOpenLink(ctx.db, page);
  await countCheck(ctx.db, rootId);
  await onOpenQuestion(ctx.db, page, async (tx, { link, routing }) => {
    const { organizationId, routingId, id } = link;
    await requestAccessCheck(tx, {
      organizationId,
      routingId,
      destinationVersion: routing.row.destinationVersion,
      requestedBy: actorRef({ kind: 'hand_over_link', userId: id }),
    });
  });
}
