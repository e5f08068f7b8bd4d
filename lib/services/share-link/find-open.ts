import { AppError } from '@/lib/domain/errors';
import { type SharePageInput, sharePageSchema } from '@/lib/domain/share-link/input';
import type { DbTransaction } from '@/lib/platform/db/client';
import { hashHandOverToken } from '@/lib/platform/hand-over-token';

export interface OpenShareLink {
  readonly id: string;
  readonly organizationId: string;
  readonly routingId: string;
  readonly expiresAt: Date;
}

/**
 * The link that this token opens. Throws NOT_FOUND, in the same words whatever is wrong: an unknown link, another link's
 * token, or one that has ended.
 */
export async function findOpenShareLink(
  db: Pick<DbTransaction, '$queryRaw'>,
  given: SharePageInput,
): Promise<OpenShareLink> {
  const proven = sharePageSchema.safeParse(given);
  if (!proven.success) throw noSuchLink();
  const { linkId, token } = proven.data;
  const [row] = await db.$queryRaw<OpenShareLink[]>`
    SELECT id, organization_id AS "organizationId", routing_id AS "routingId", expires_at AS "expiresAt"
    FROM share_link
    WHERE id = ${linkId}::uuid AND token_hash = ${hashHandOverToken(token)}
      AND revoked_at IS NULL AND expires_at > now()`;
  if (row === undefined) throw noSuchLink();
  return row;
}

function noSuchLink(): AppError {
  return new AppError('NOT_FOUND', 'This link does not work, or does not work any more.');
}
