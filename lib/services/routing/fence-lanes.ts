import type { DbTransaction } from '@/lib/platform/db/client';

/**
 * Makes the lanes follow the routing row as this transaction has just written it: opens missing ones, sets which
 * may run, and raises every epoch, so that no seal decided before this commit lands after it. Back-off ends. A lane
 * whose type was taken out runs only until the cut that is open is committed: what was decided is not left in doubt.
 * `clearHold` also lets go of lanes that stood still until a person has looked, save those whose open cut has chunks
 * that are no longer kept: nothing a person does here brings them back.
 */
export async function fenceLanes(
  tx: DbTransaction,
  routingId: string,
  { clearHold }: { clearHold: boolean },
): Promise<void> {
  await tx.$executeRaw`
    SELECT log.open_lanes(r.id) FROM routing r WHERE r.id = ${routingId}::uuid AND log.is_started(r.lifecycle)`;
  await tx.$executeRaw`SELECT fence_lanes(${routingId}::uuid, ${clearHold})`;
}
