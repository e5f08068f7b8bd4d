import { judgeWatch, type WatchFacts } from '@/lib/domain/delivery/judge-watch';
import { type DominantFault, lateCause } from '@/lib/domain/delivery/late-cause';
import type { LaneRow, MemoryState, RoutingRow } from './memory-state';
import { recentAttempts, recentTries, wantedLanes, writeRoutingState } from './routing-health';

const QUIET_MS = 900_000;

/** As lib/services/delivery/watch-health: one look at how fresh every routing is. */
export function watchHealth(state: MemoryState): void {
  for (const routing of state.routings.values()) {
    const facts = lookAt(state, routing);
    if (!isWorthALook(routing, facts)) continue;
    const verdict = judgeWatch(facts);
    const isTrackNew =
      (facts.overPromiseForMs !== null) !== verdict.isOverPromise || facts.cleanLooks !== verdict.cleanLooks;
    if (isTrackNew) {
      routing.cleanLooks = verdict.cleanLooks;
      routing.overPromiseSinceMs = verdict.isOverPromise
        ? (routing.overPromiseSinceMs ?? state.nowMs())
        : null;
    }
    if (facts.health === verdict.health && facts.cause === verdict.cause) continue;
    const { lifecycle } = routing;
    writeRoutingState(state, routing, { lifecycle, health: verdict.health, cause: verdict.cause });
  }
}

function lookAt(state: MemoryState, routing: RoutingRow): WatchFacts {
  const isActive = routing.lifecycle === 'active';
  const lanes = isActive || routing.lifecycle === 'starting' ? wantedLanes(state, routing) : [];
  const hasPending = lanes.some((lane) => isPending(state, lane));
  const isFailing = lanes.some(({ failures }) => failures > 0);
  const isOverPromise = isActive && isOver(state, routing, lanes);
  const sinceMs = routing.overPromiseSinceMs;
  return {
    isActive,
    health: routing.health,
    cause: routing.healthCause,
    isOverPromise,
    overPromiseForMs: sinceMs === null ? null : state.nowMs() - sinceMs,
    cleanLooks: routing.cleanLooks,
    hasPending,
    isQuiet: isActive && routing.health !== 'idle' && !hasPending && isQuiet(state, lanes),
    isHeld: lanes.some(({ heldCause }) => heldCause !== null),
    isFailing,
    tries: routing.health === 'failing' ? recentTries(state, routing.id) : { failed: 0, ended: 0 },
    lateCause: lateCause(isOverPromise ? dominantFault(state, routing) : null, isFailing),
  };
}

function isOver(state: MemoryState, { promiseSeconds }: RoutingRow, lanes: readonly LaneRow[]): boolean {
  return lanes.some(
    (lane) =>
      lane.running &&
      lane.pendingSinceMs !== null &&
      isPending(state, lane) &&
      lane.pendingSinceMs < state.nowMs() - promiseSeconds * 1_000,
  );
}

function isPending(state: MemoryState, lane: LaneRow): boolean {
  return state.log.headOf(lane.streamId).nextOffset > lane.done;
}

function isQuiet(state: MemoryState, lanes: readonly LaneRow[]): boolean {
  return lanes.every(({ streamId }) => {
    const last = state.log.chunkOf(streamId, state.log.headOf(streamId).nextOffset - 1);
    return last === null || last.receivedMaxMs < state.nowMs() - QUIET_MS;
  });
}

function dominantFault(state: MemoryState, { id }: RoutingRow): DominantFault | null {
  const faults = new Map<string, DominantFault & { lastMs: number }>();
  for (const { outcome, code, httpStatus, endedAtMs } of recentAttempts(state, id)) {
    if (outcome === 'done' || code === null || code === 'PreconditionFailed' || code === 'NotSent') continue;
    const name = JSON.stringify([code, httpStatus]);
    const known = faults.get(name) ?? { code, httpStatus, tries: 0, lastMs: 0 };
    const lastMs = Math.max(known.lastMs, endedAtMs ?? 0);
    faults.set(name, { ...known, tries: known.tries + 1, lastMs });
  }
  const [worst] = [...faults.values()].sort((a, b) => b.tries - a.tries || b.lastMs - a.lastMs);
  return worst ?? null;
}

/** Most routings give the watcher nothing to say. */
function isWorthALook({ lifecycle }: RoutingRow, facts: WatchFacts): boolean {
  const { health, cause, isHeld } = facts;
  const isHoldGone = health === 'blocked' && cause === 'chunk_missing' && !isHeld;
  if (facts.overPromiseForMs !== null || health === 'late') return true;
  if (lifecycle === 'starting') return isHoldGone;
  if (lifecycle !== 'active') return false;
  if (facts.isOverPromise || isHoldGone || health === 'failing' || health === 'unknown') return true;
  return health === 'healthy' && facts.isQuiet;
}
