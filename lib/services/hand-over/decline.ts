import { AppError, invariant } from '@/lib/domain/errors';
import type { HandOverPageInput } from '@/lib/domain/hand-over/input';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { AnonymousCtx } from '@/lib/services/context';
import { endLinks } from './end-links';
import { lockOpenLink, readSubmittedAt } from './lock-link';
import { tellDeclined } from './tell-declined';

/**
 * Turns a link down for somebody who did not expect it: it ends with everything it was passed on to, and whoever sent
 * it is told. Throws NOT_FOUND, PRECONDITION (access has been handed over by it).
 */
export async function declineHandOver(given: { ctx: AnonymousCtx; page: HandOverPageInput }): Promise<void> {
  const { ctx, page } = given;
  await withTransaction(ctx.db, async (tx) => {
    const link = await lockOpenLink(tx, page);
    if ((await readSubmittedAt(tx, link.rootId)) !== null) throw alreadyHandedOver();
    const by = { kind: 'hand_over_link', userId: link.id } as const;
    const [declined] = await tx.$queryRaw<{ at: Date }[]>`
      UPDATE hand_over_link SET declined_at = now() WHERE id = ${link.id}::uuid RETURNING declined_at AS at`;
    invariant(declined, 'a locked link is there');
    await tellDeclined(tx, link, declined.at);
    await endLinks(tx, { linkId: link.id, by });
    await emitAudit(tx, {
      actor: by,
      organizationId: link.organizationId,
      action: 'hand-over.decline',
      target: `routing:${link.routingId}`,
      detail: { linkId: link.id, recipient: link.recipient },
    });
  });
}

function alreadyHandedOver(): AppError {
  return new AppError(
    'PRECONDITION',
    'Access has been handed over by this link. To take it back, remove the key or the role at AWS.',
  );
}
