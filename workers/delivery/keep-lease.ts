import type { DeliveryDeps } from './delivery-deps';

/** Long enough to survive a slow query, short enough that a dead worker's lane is taken over soon. */
export const LEASE_MS = 10_000;
const RENEW_MS = 3_000;

/** Renews the lane's lease while `work` runs. */
export function keepLease<T>(deps: DeliveryDeps, laneId: number, work: () => Promise<T>): Promise<T> {
  return renewWhile(deps, () => deps.ledger.renewLease(laneId, LEASE_MS), work);
}

/** Renews a lease of `LEASE_MS` while `work` runs. A renewal that fails costs at most doubled effort. */
export async function renewWhile<T>(
  deps: Pick<DeliveryDeps, 'timers' | 'logger'>,
  renew: () => Promise<void>,
  work: () => Promise<T>,
): Promise<T> {
  const tryToRenew = async () => {
    try {
      await renew();
    } catch (err) {
      deps.logger.warn({ err }, 'A lease could not be renewed');
    }
  };
  const stop = deps.timers.every(RENEW_MS, () => void tryToRenew());
  try {
    return await work();
  } finally {
    stop();
  }
}
