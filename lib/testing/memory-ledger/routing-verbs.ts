import { AppError } from '@/lib/domain/errors';
import { routingChanges } from '@/lib/domain/routing/changes';
import { isUnstarted } from '@/lib/domain/routing/label';
import { startsFrom } from '@/lib/domain/routing/start-rule';
import {
  hasEnded,
  lifecycleWithAccess,
  planTransition,
  type RoutingWish,
  takesAccess,
} from '@/lib/domain/routing/transition';
import { candidateOf, firstDestination, newDestination } from './destination-versions';
import { fenceLanes } from './fence-lanes';
import {
  type DestinationRow,
  type MemoryKeys,
  type MemoryPlace,
  type MemoryState,
  nextUuid,
  type RoutingRow,
} from './memory-state';
import { startTypes } from './open-lanes';
import type { NewRouting, RoutingEdit } from './routing-input';
import { presentDestination, routingOf } from './routing-rows';

const PROMISE_SECONDS = 300;
const FLUSH_INTERVAL_MS = 60_000;
const RETENTION_HOURS = 168;

/** A routing whose access is to be checked, or without keys one that waits for its customer. */
export function createRouting(state: MemoryState, given: NewRouting): string {
  const { workspaceId, dataTypes, eventNames = [], startFrom = 'head', place, keys } = given;
  if (!state.workspaces.has(workspaceId)) throw new AppError('NOT_FOUND', 'There is no such workspace.');
  const routing: RoutingRow = {
    id: nextUuid(state),
    workspaceId,
    intent: 'run',
    lifecycle: keys === null ? 'awaiting_customer' : 'verifying',
    health: 'unknown',
    healthCause: null,
    stateSinceMs: state.nowMs(),
    version: 1,
    destinationVersion: 1,
    dataTypes,
    eventNames,
    promiseSeconds: given.promiseSeconds ?? PROMISE_SECONDS,
    flushIntervalMs: given.flushIntervalMs ?? FLUSH_INTERVAL_MS,
    startFrom,
    retentionHours: given.retentionHours ?? RETENTION_HOURS,
    overPromiseSinceMs: null,
    cleanLooks: 0,
    drainUntilMs: null,
    endReason: null,
  };
  state.routings.set(routing.id, routing);
  firstDestination(state, routing, { place, keys });
  return routing.id;
}

/** As lib/services/routing/change-state; a start does not wait for the check. Throws NOT_FOUND, CONFLICT (it is so already), PRECONDITION. */
export function changeRoutingState(state: MemoryState, routingId: string, wish: RoutingWish): void {
  const routing = routingOf(state, routingId);
  const planned =
    wish === 'start'
      ? startsFrom(routing.lifecycle, { isVerified: false, withoutCheck: true })
      : routing.lifecycle;
  const plan = planTransition(planned, wish);
  if (plan.kind === 'refused') throw new AppError(plan.code, plan.sentence);
  routing.intent = plan.intent;
  routing.lifecycle = plan.lifecycle;
  routing.stateSinceMs = state.nowMs();
  const { startedAtMs } = state.beside;
  if (wish === 'start' && !startedAtMs.has(routingId)) startedAtMs.set(routingId, state.nowMs());
  fenceLanes(state, routing, { clearHold: wish !== 'pause' });
}

/** As lib/services/routing/update. Throws NOT_FOUND, CONFLICT (changed meanwhile), PRECONDITION (it has ended). */
export function updateRouting(state: MemoryState, edit: RoutingEdit): void {
  const routing = editable(state, edit);
  const destination = presentDestination(state, routing);
  const { dataTypes, eventNames, promiseSeconds, flushIntervalMs } = { ...routing, ...defined(edit) };
  const place = { ...placeOf(destination), ...edit.place };
  const unused = { name: '', hourMarkers: false, accessProbe: true };
  const settings = { ...unused, dataTypes, eventNames, promiseSeconds, flushIntervalMs };
  const changes = routingChanges(
    { ...placeOf(destination), ...routing, ...unused },
    { ...settings, ...place },
  );
  const keys = edit.keys ?? null;
  if (changes.fields.length === 0 && keys === null) return;
  const isDestinationNew = changes.isPlaceChanged || keys !== null;
  const added = dataTypes.filter((type) => !routing.dataTypes.includes(type));
  const isAdopted = isDestinationNew && newDestination(state, routing, { place, keys });
  Object.assign(routing, { dataTypes, eventNames, promiseSeconds, flushIntervalMs });
  routing.version += 1;
  if (keys !== null) leaveAwaiting(state, routing);
  if (isDestinationNew) checkGivenAccess(state, routing);
  if (!isAdopted && !changes.isSelectionChanged) return;
  startTypes(state, routing, added);
  fenceLanes(state, routing, { clearHold: isAdopted });
}

/** As lib/services/credential/enter-access. Throws as `updateRouting` does. */
export function enterAccess(
  state: MemoryState,
  edit: { routingId: string; version?: number; keys: MemoryKeys },
): void {
  const routing = editable(state, edit, takesAccess);
  const place = placeOf(candidateOf(state, routing.id) ?? presentDestination(state, routing));
  newDestination(state, routing, { place, keys: edit.keys });
  routing.version += 1;
  leaveAwaiting(state, routing);
  checkGivenAccess(state, routing);
}

/** As lib/services/access-check/request: who has not been started is checked anew. */
function checkGivenAccess(state: MemoryState, routing: RoutingRow): void {
  const { credentialId } = presentDestination(state, routing);
  if (credentialId === null || !isUnstarted(routing.lifecycle) || routing.lifecycle === 'verifying') return;
  routing.lifecycle = 'verifying';
  routing.stateSinceMs = state.nowMs();
}

function editable(
  state: MemoryState,
  edit: { routingId: string; version?: number },
  isOpen = (lifecycle: RoutingRow['lifecycle']) => !hasEnded(lifecycle),
): RoutingRow {
  const routing = routingOf(state, edit.routingId);
  if (edit.version !== undefined && edit.version !== routing.version)
    throw new AppError('CONFLICT', 'Somebody else changed this routing.');
  if (!isOpen(routing.lifecycle)) throw new AppError('PRECONDITION', 'This routing has ended.');
  return routing;
}

function leaveAwaiting(state: MemoryState, routing: RoutingRow): void {
  const lifecycle = lifecycleWithAccess(routing.lifecycle);
  if (lifecycle === routing.lifecycle) return;
  routing.lifecycle = lifecycle;
  routing.stateSinceMs = state.nowMs();
}

function placeOf({ endpoint, bucket, region, prefix, kmsKeyArn }: DestinationRow): MemoryPlace {
  return { endpoint, bucket, region, prefix, kmsKeyArn };
}

/** Without what was not said. */
function defined({ dataTypes, eventNames, promiseSeconds, flushIntervalMs }: RoutingEdit) {
  return {
    ...(dataTypes === undefined ? {} : { dataTypes }),
    ...(eventNames === undefined ? {} : { eventNames }),
    ...(promiseSeconds === undefined ? {} : { promiseSeconds }),
    ...(flushIntervalMs === undefined ? {} : { flushIntervalMs }),
  };
}
