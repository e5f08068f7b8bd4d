import { AppError } from '@/lib/domain/errors';
import type { HandOverPageInput } from '@/lib/domain/hand-over/input';
import { isUnstarted } from '@/lib/domain/routing/label';
import type { Db, DbTransaction } from '@/lib/platform/db/client';
import { withTransaction } from '@/lib/platform/db/transaction';
import { type LockedRouting, lockRouting } from '@/lib/services/routing/lock';
import { findOpenLink, lockOpenLink, type OpenLink, readSubmittedAt } from './lock-link';

interface OpenQuestion {
  readonly link: OpenLink;
  readonly routing: LockedRouting;
}

/**
 * Does something for the holder of a link whose access is still asked for, under the locks of the routing and of the
 * link: of two pages that send at once, the second sees the first. Throws NOT_FOUND, PRECONDITION (access that works has
 * been handed over, or the routing was started).
 */
export async function onOpenQuestion<T>(
  db: Db,
  page: HandOverPageInput,
  run: (tx: DbTransaction, question: OpenQuestion) => Promise<T>,
): Promise<T> {
  const { organizationId, routingId } = await findOpenLink(db, page);
  return withTransaction(db, async (tx) => {
    const routing = await lockRouting(tx, { actor: { organizationId } }, routingId);
    const link = await lockOpenLink(tx, page);
    if ((await readSubmittedAt(tx, link.rootId)) !== null) {
      throw new AppError(
        'PRECONDITION',
        'Access that works has been handed over already. Nothing of what you sent was stored.',
      );
    }
    if (!isUnstarted(routing.lifecycle)) {
      throw new AppError(
        'PRECONDITION',
        'This delivery has been started, so its access is no longer changed by a link. Nothing was stored.',
      );
    }
    return run(tx, { link, routing });
  });
}
