import type { PutRequest } from '@/lib/platform/object-store/object-store';
import type { DeliveryDeps } from './delivery-deps';
import type { FileInHand } from './in-hand';

/** A store that reads takes bytes, and one that has read them answers, within much less. */
export const SILENT_MS = 3_000;
const LOOK_AGAIN_MS = 500;

/**
 * Sends, and gives the PUT up once nothing of it has moved for a while and others wait for the bytes that it holds: what
 * is silent and what is only slow cannot be told apart before. It ends as any timeout does. A file that comes back
 * after a failure has the smaller share, in which it may be silent until its deadline.
 */
export async function givingWay<T>(
  { timers, clock, budget }: Pick<DeliveryDeps, 'timers' | 'clock' | 'budget'>,
  { share }: Pick<FileInHand, 'share'>,
  send: (watched: Pick<PutRequest, 'signal' | 'onProgress'>) => Promise<T>,
): Promise<T> {
  if (share === 'half') return send({});
  const giveUp = new AbortController();
  let movedAtMs = clock.monotonicMs();
  let cancel: () => void = () => undefined;
  const look = () => {
    const silentMs = clock.monotonicMs() - movedAtMs;
    if (silentMs >= SILENT_MS && budget.isWanted) return giveUp.abort();
    cancel = timers.after(Math.max(LOOK_AGAIN_MS, SILENT_MS - silentMs), look);
  };
  cancel = timers.after(SILENT_MS, look);
  const onProgress = () => {
    movedAtMs = clock.monotonicMs();
  };
  try {
    return await send({ signal: giveUp.signal, onProgress });
  } finally {
    cancel();
  }
}
