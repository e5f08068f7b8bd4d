import type { RecentTries } from '@/lib/domain/delivery/failing-share';
import { LATE_AFTER_MS } from '@/lib/domain/delivery/judge-watch';
import { type HealthNews, nextHealth } from '@/lib/domain/delivery/next-health';
import { historyLabel } from '@/lib/domain/routing/label';
import type { HealthNewsSeed } from '@/lib/services/delivery/delivery-ledger';
import type { WorkerState } from '@/lib/services/delivery/write-routing-state';
import { type AttemptRow, type LaneRow, type MemoryState, type RoutingRow, rowOf } from './memory-state';
import { headOf, lanesOf } from './open-lanes';

const WINDOW_MS = 300_000;
const NO_TRIES: RecentTries = { failed: 0, ended: 0 };

/** As lib/services/delivery/record-health. */
export function recordHealth(state: MemoryState, routingId: string, news: HealthNewsSeed): void {
  const routing = state.routings.get(routingId);
  if (routing === undefined) return;
  const { lifecycle, health, healthCause: cause } = routing;
  const next = nextHealth({ health, cause }, complete(state, routing, news));
  if (next.health === health && next.cause === cause) return;
  writeRoutingState(state, routing, { lifecycle, ...next });
}

/** As lib/services/delivery/write-routing-state: "since" moves with the label only. */
export function writeRoutingState(state: MemoryState, routing: RoutingRow, to: WorkerState): void {
  if (historyLabel(routing) !== historyLabel(to)) routing.stateSinceMs = state.nowMs();
  routing.lifecycle = to.lifecycle;
  routing.health = to.health;
  routing.healthCause = to.cause;
}

/** Lanes of the types that the routing takes: others say nothing about it. */
export function wantedLanes(state: MemoryState, routing: RoutingRow): LaneRow[] {
  return lanesOf(state, routing.id).filter((lane) =>
    routing.dataTypes.includes(rowOf(state.streams, lane.streamId).type),
  );
}

/** Ended attempts of the last five minutes. */
export function recentAttempts(state: MemoryState, routingId: string): AttemptRow[] {
  const sinceMs = state.nowMs() - WINDOW_MS;
  return [...state.attempts.values()].filter(
    (attempt) => attempt.routingId === routingId && (attempt.endedAtMs ?? -Infinity) > sinceMs,
  );
}

export function recentTries(state: MemoryState, routingId: string): RecentTries {
  const ended = recentAttempts(state, routingId).filter(({ code }) => code !== 'NotSent');
  const failed = ended.filter(({ outcome, httpStatus }) => outcome !== 'done' && httpStatus !== 412);
  return { failed: failed.length, ended: ended.length };
}

function complete(state: MemoryState, routing: RoutingRow, news: HealthNewsSeed): HealthNews {
  switch (news.kind) {
    case 'delivered': {
      const sinceMs = routing.overPromiseSinceMs;
      return {
        kind: 'delivered',
        isOtherInTrouble: isInTrouble(state, routing, news.laneId),
        isLate: sinceMs !== null && sinceMs < state.nowMs() - LATE_AFTER_MS,
        ...(routing.health === 'failing' ? recentTries(state, routing.id) : NO_TRIES),
      };
    }
    case 'failed':
      return { ...news, ...recentTries(state, routing.id) };
    case 'proven': {
      const isActive = routing.lifecycle === 'active';
      return { kind: 'proven', isActive, isOtherInTrouble: isInTroubleThatWaits(state, routing) };
    }
    default:
      return news;
  }
}

/** A probe went well: what was given up, and of which nothing waits, says nothing against it. */
function isInTroubleThatWaits(state: MemoryState, routing: RoutingRow): boolean {
  return wantedLanes(state, routing).some(
    (lane) => lane.heldCause !== null || (lane.failures > 0 && headOf(state, lane).offset > lane.done),
  );
}

/** The delivering lane's own failures are cleared by its COMMIT only. */
function isInTrouble(state: MemoryState, routing: RoutingRow, exceptLaneId: number | null): boolean {
  return wantedLanes(state, routing).some(
    (lane) => lane.heldCause !== null || (lane.failures > 0 && lane.id !== exceptLaneId),
  );
}
