import { AppError } from '@/lib/domain/errors';
import { type HandOverPageInput, handOverPageSchema } from '@/lib/domain/hand-over/input';
import type { DbTransaction } from '@/lib/platform/db/client';
import { hashHandOverToken } from '@/lib/platform/hand-over-token';

/** What the page of a link knows of it once its cookie was proven. */
export interface OpenLink {
  readonly id: string;
  readonly organizationId: string;
  readonly routingId: string;
  readonly rootId: string;
  readonly parentId: string | null;
  readonly recipient: string | null;
  readonly expiresAt: Date;
}

interface LinkRow {
  readonly id: string;
  readonly organization_id: string;
  readonly routing_id: string;
  readonly root_id: string;
  readonly parent_id: string | null;
  readonly recipient: string | null;
  readonly expires_at: Date;
}

/**
 * The link whose page this cookie was given to. Throws NOT_FOUND, in the same words whatever is wrong: an unknown
 * link, another link's cookie, one that has ended, or a page that was left for another device.
 */
export async function findOpenLink(
  db: Pick<DbTransaction, '$queryRaw'>,
  page: HandOverPageInput,
): Promise<OpenLink> {
  const proven = handOverPageSchema.safeParse(page);
  if (!proven.success) throw noSuchLink();
  const { linkId, session } = proven.data;
  const [row] = await db.$queryRaw<LinkRow[]>`
    SELECT id, organization_id, routing_id, root_id, parent_id, recipient, expires_at
    FROM hand_over_link
    WHERE id = ${linkId}::uuid AND session_hash = ${hashHandOverToken(session)}
      AND revoked_at IS NULL AND declined_at IS NULL AND expires_at > now()`;
  if (row === undefined) throw noSuchLink();
  return {
    id: row.id,
    organizationId: row.organization_id,
    routingId: row.routing_id,
    rootId: row.root_id,
    parentId: row.parent_id,
    recipient: row.recipient,
    expiresAt: row.expires_at,
  };
}

/**
 * The same, with the first of all links it was passed on from locked until the transaction ends: whatever only one of
 * them may do is decided under it, and so is their end. Where the routing is locked too, that comes first.
 */
export async function lockOpenLink(tx: DbTransaction, page: HandOverPageInput): Promise<OpenLink> {
  const { rootId } = await findOpenLink(tx, page);
  await tx.$executeRaw`SELECT 1 FROM hand_over_link WHERE id = ${rootId}::uuid FOR NO KEY UPDATE`;
  return findOpenLink(tx, page);
}

/** When one of these links handed over access that passed; null while none has. Asked under the lock. */
export async function readSubmittedAt(
  db: Pick<DbTransaction, 'handOverLink'>,
  rootId: string,
): Promise<Date | null> {
  const submitted = await db.handOverLink.findFirst({
    where: { rootId, submittedAt: { not: null } },
    select: { submittedAt: true },
  });
  return submitted?.submittedAt ?? null;
}

/** One sentence for everything that keeps a link from working, so that nothing can be learnt by trying. */
export function noSuchLink(): AppError {
  return new AppError(
    'NOT_FOUND',
    'This link does not work, or does not work any more. Ask whoever sent it for a new one.',
  );
}
