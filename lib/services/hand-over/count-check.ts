import { AppError } from '@/lib/domain/errors';
import { LINK_CHECKS_PER_HOUR } from '@/lib/domain/hand-over/limits';
import type { Db } from '@/lib/platform/db/client';
import { hitRateLimit } from '@/lib/services/rate-limit/hit';

const HOUR_SECONDS = 3_600;

/**
 * Counts a check that is asked for by a link or one it was passed on to. What a check tries again by itself after a fix
 * was copied is not asked for. Throws LIMIT.
 */
export async function countCheck(db: Db, rootId: string): Promise<void> {
  const { isAllowed, retryAfterSeconds } = await hitRateLimit(db, {
    subject: `hand-over:checks:${rootId}`,
    windowSeconds: HOUR_SECONDS,
    hitsMax: LINK_CHECKS_PER_HOUR,
  });
  if (isAllowed) return;
  const minutes = Math.ceil(retryAfterSeconds / 60);
  throw new AppError(
    'LIMIT',
    `${LINK_CHECKS_PER_HOUR} checks an hour are as many as this link may ask for. Try again in ${minutes} min.`,
    { retryAfterSeconds },
  );
}
