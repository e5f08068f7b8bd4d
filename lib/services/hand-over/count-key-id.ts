import { createHash } from 'node:crypto';
import { AppError } from '@/lib/domain/errors';
import { LINK_KEY_IDS_MAX } from '@/lib/domain/hand-over/limits';
import type { DbTransaction } from '@/lib/platform/db/client';

/**
 * Counts an access key id against the limit of a link and all it was passed on to, under the lock of their root: a
 * link is no place to try keys that somebody found. The same id with another secret does not count again. Throws LIMIT.
 */
export async function countKeyId(tx: DbTransaction, rootId: string, accessKeyId: string): Promise<void> {
  const hash = new Uint8Array(createHash('sha256').update(accessKeyId, 'utf8').digest());
  const counted = await tx.$executeRaw`
    UPDATE hand_over_link l SET tried_key_hashes =
      CASE WHEN k.hash = ANY (l.tried_key_hashes) THEN l.tried_key_hashes
        ELSE array_append(l.tried_key_hashes, k.hash) END
    FROM (SELECT ${hash}::bytea AS hash) k
    WHERE l.id = ${rootId}::uuid
      AND (k.hash = ANY (l.tried_key_hashes) OR cardinality(l.tried_key_hashes) < ${LINK_KEY_IDS_MAX}::int)`;
  if (counted > 0) return;
  throw new AppError(
    'LIMIT',
    `${LINK_KEY_IDS_MAX} different access key IDs have been entered through this link, which is as many as it takes. Ask whoever sent it for a new one.`,
  );
}
