import { createHash } from 'node:crypto';
import type { GivenAccess } from '@/lib/domain/destination/access-input';
import { AppError } from '@/lib/domain/errors';
import { LINK_ACCESSES_MAX } from '@/lib/domain/hand-over/limits';
import type { DbTransaction } from '@/lib/platform/db/client';

/**
 * Counts an access key id or a role against the limit of a link and all it was passed on to, under the lock of their
 * root: a link is no place to try what somebody found. The same one again, with another secret, does not count. Throws
 * LIMIT.
 */
export async function countAccess(tx: DbTransaction, rootId: string, access: GivenAccess): Promise<void> {
  const name = access.kind === 'keys' ? access.accessKeyId : access.roleArn;
  const hash = new Uint8Array(createHash('sha256').update(name, 'utf8').digest());
  const counted = await tx.$executeRaw`
    UPDATE hand_over_link l SET tried_key_hashes =
      CASE WHEN k.hash = ANY (l.tried_key_hashes) THEN l.tried_key_hashes
        ELSE array_append(l.tried_key_hashes, k.hash) END
    FROM (SELECT ${hash}::bytea AS hash) k
    WHERE l.id = ${rootId}::uuid
      AND (k.hash = ANY (l.tried_key_hashes) OR cardinality(l.tried_key_hashes) < ${LINK_ACCESSES_MAX}::int)`;
  if (counted > 0) return;
  throw new AppError(
    'LIMIT',
    `${LINK_ACCESSES_MAX} different access keys and roles have been entered through this link, which is as many as it takes. Ask whoever sent it for a new one.`,
  );
}
