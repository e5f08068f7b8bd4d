import type { DbTransaction } from '@/lib/platform/db/client';
import type { Sealer } from '@/lib/platform/secret-box/sealer';
import { enqueueNotice } from '@/lib/services/notice/enqueue';
import { noticePlace } from './notice-place';

interface LinkToMail {
  readonly id: string;
  /** With its token: sealed at once, and erased when it was sent. */
  readonly address: string;
  readonly recipient: string;
  /** Who sends it, or passes it on; null when unnamed. */
  readonly sentBy: string | null;
  readonly sealer: Sealer;
}

/** Has a worker mail a new link to whom it is for. */
export async function mailLink(tx: DbTransaction, link: LinkToMail): Promise<void> {
  const { id, address, recipient, sentBy, sealer } = link;
  const row = await tx.handOverLink.findUniqueOrThrow({
    where: { id },
    select: { organizationId: true, routingId: true, expiresAt: true },
  });
  const place = await noticePlace(tx, row.routingId);
  await enqueueNotice(tx, {
    organizationId: row.organizationId,
    routingId: row.routingId,
    notice: {
      kind: 'hand_over_link',
      facts: { ...place, sentBy, expiresAt: row.expiresAt.toISOString() },
    },
    to: [recipient],
    secret: { sealer, text: address },
  });
}
