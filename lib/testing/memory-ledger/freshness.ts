import type { MemoryState } from './memory-state';
import { headOf } from './open-lanes';
import { wantedLanes } from './routing-health';
import { routingOf } from './routing-rows';

/** As lib/services/routing/read-views: since when something waits for delivery; null while nothing does. */
export function pendingSinceOf(state: MemoryState, routingId: string): number | null {
  const waiting = wantedLanes(state, routingOf(state, routingId)).filter(
    (lane) => headOf(state, lane).offset > lane.done,
  );
  const since = waiting.flatMap(({ pendingSinceMs, streamId, done }) => {
    const ms = pendingSinceMs ?? state.log.chunkOf(streamId, done)?.receivedMinMs;
    return ms === undefined ? [] : [ms];
  });
  return since.length === 0 ? null : Math.min(...since);
}
