import type { Gap } from '@/lib/domain/routing/gap';
import type { DbTransaction } from '@/lib/platform/db/client';

/**
 * Records a loss with its rows per hour, for the receipts. In the transaction that sets the lane behind it, while no
 * cut of the lane is open.
 */
export async function recordGap(tx: DbTransaction, gap: Gap): Promise<void> {
  const { laneId, firstOffset, lastOffset, rows } = gap;
  await tx.$executeRaw`
    SELECT delivery.record_gap(${laneId}::bigint, ${firstOffset}::bigint, ${lastOffset}::bigint, ${rows}::bigint)`;
}
