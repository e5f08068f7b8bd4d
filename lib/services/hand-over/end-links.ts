import { actorRef, type RecordedActor } from '@/lib/domain/access/actor';
import type { DbTransaction } from '@/lib/platform/db/client';

/**
 * Ends a link and everything it was passed on to; their pages notice within seconds. Says how many of them were still
 * to be ended. Asked under the lock of their root, so that nothing is passed on meanwhile.
 */
export async function endLinks(
  tx: DbTransaction,
  { linkId, by }: { readonly linkId: string; readonly by: RecordedActor },
): Promise<number> {
  return tx.$executeRaw`
    WITH RECURSIVE branch AS (
      SELECT id FROM hand_over_link WHERE id = ${linkId}::uuid
      UNION ALL SELECT l.id FROM hand_over_link l JOIN branch b ON l.parent_id = b.id
    )
    UPDATE hand_over_link l SET revoked_at = now(), revoked_by = ${actorRef(by)}
    FROM branch b WHERE l.id = b.id AND l.revoked_at IS NULL`;
}

/** Ends every link of a locked routing that is archived: there is nothing left to hand over. Says how many ended. */
export async function endLinksOfRouting(
  tx: DbTransaction,
  { routingId, by }: { readonly routingId: string; readonly by: RecordedActor },
): Promise<number> {
  return tx.$executeRaw`
    UPDATE hand_over_link SET revoked_at = now(), revoked_by = ${actorRef(by)}
    WHERE routing_id = ${routingId}::uuid AND revoked_at IS NULL`;
}
