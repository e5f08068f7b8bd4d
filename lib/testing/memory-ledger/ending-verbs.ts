import { AppError } from '@/lib/domain/errors';
import { type DisableRoutingInput, defaultDrainMinutes, drainFault } from '@/lib/domain/routing/ending-input';
import { historyLabel } from '@/lib/domain/routing/label';
import { type EndingWish, planTransition } from '@/lib/domain/routing/transition';
import { dropCandidate } from './destination-versions';
import { setLaneEnds } from './end-lanes';
import { fenceLanes } from './fence-lanes';
import type { MemoryState, RoutingRow } from './memory-state';
import { routingOf } from './routing-rows';

const MINUTE_MS = 60_000;

/** As lib/services/routing/disable. Throws NOT_FOUND, VALIDATION, CONFLICT (it is so already), PRECONDITION. */
export function disableRouting(state: MemoryState, given: DisableRoutingInput): void {
  const { mode, reason } = given;
  const routing = routingOf(state, given.routingId);
  const { retentionHours } = routing;
  const minutes = mode === 'drain' ? Number(given.drainMinutes ?? defaultDrainMinutes(retentionHours)) : 0;
  const fault = drainFault(minutes, retentionHours);
  if (fault !== null) throw new AppError('VALIDATION', fault);
  endState(state, routing, { wish: mode, reason });
  routing.drainUntilMs = state.nowMs() + minutes * MINUTE_MS;
  fenceLanes(state, routing, { clearHold: false });
  setLaneEnds(state, routing);
}

/** As lib/services/routing/archive: keys are destroyed. Throws as `disableRouting` does. */
export function archiveRouting(state: MemoryState, given: { routingId: string; reason: string }): void {
  const routing = routingOf(state, given.routingId);
  endState(state, routing, { wish: 'archive', reason: given.reason });
  dropCandidate(state, routing.id);
  for (const credential of state.credentials.values()) {
    if (credential.routingId === routing.id) credential.isErased = true;
  }
}

function endState(
  state: MemoryState,
  routing: RoutingRow,
  { wish, reason }: { wish: EndingWish; reason: string },
): void {
  const plan = planTransition(routing.lifecycle, wish);
  if (plan.kind === 'refused') throw new AppError(plan.code, plan.sentence);
  const from = historyLabel(routing);
  routing.intent = plan.intent;
  routing.lifecycle = plan.lifecycle;
  routing.endReason = reason;
  if (historyLabel(routing) !== from) routing.stateSinceMs = state.nowMs();
}
