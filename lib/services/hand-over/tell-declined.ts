import type { DbTransaction } from '@/lib/platform/db/client';
import { enqueueNotice } from '@/lib/services/notice/enqueue';
import { findAsker } from './find-asker';
import type { OpenLink } from './lock-link';
import { noticePlace } from './notice-place';

/** Tells whoever made the link that it reached somebody who did not expect it. */
export async function tellDeclined(tx: DbTransaction, link: OpenLink, declinedAt: Date): Promise<void> {
  const { organizationId, routingId, rootId, recipient } = link;
  const asker = await findAsker(tx, rootId);
  const place = await noticePlace(tx, routingId);
  await enqueueNotice(tx, {
    organizationId,
    routingId,
    notice: {
      kind: 'hand_over_declined',
      facts: { ...place, declinedBy: recipient, declinedAt: declinedAt.toISOString() },
    },
    to: [asker.email],
  });
}
