import { nextTryMs } from '@/lib/domain/access-check/schedule';
import type { DbTransaction } from '@/lib/platform/db/client';
import { lockNewestCheck, type NamedCheck } from './lock-newest';

/**
 * A fix was copied: from now on a check that failed tries by itself, every 10 s for 10 min, then every minute for a
 * day, until it passes. The caller has locked the routing. Throws NOT_FOUND, PRECONDITION for a check of the past.
 */
export async function keepTryingAccessCheck(tx: DbTransaction, wanted: NamedCheck): Promise<void> {
  const check = await lockNewestCheck(tx, wanted);
  if (check.state === 'passed') return;
  const waitMs = nextTryMs(0) ?? 0;
  await tx.$executeRaw`
    UPDATE access_check SET copied_at = clock_timestamp(),
      next_try_at = CASE WHEN state = 'failed' THEN
        least(next_try_at, clock_timestamp() + ${waitMs} * interval '1 ms') END
    WHERE id = ${check.id}::uuid`;
}
