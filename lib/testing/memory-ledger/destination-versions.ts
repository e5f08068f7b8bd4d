import { isUnstarted } from '@/lib/domain/routing/label';
import { takesAccess } from '@/lib/domain/routing/transition';
import { fenceLanes } from './fence-lanes';
import {
  type DestinationRow,
  type MemoryKeys,
  type MemoryPlace,
  type MemoryState,
  nextUuid,
  type RoutingRow,
  rowOf,
} from './memory-state';
import { presentDestination, routingOf } from './routing-rows';

interface Edit {
  readonly place: MemoryPlace;
  readonly keys: MemoryKeys | null;
}

/** The first version of a routing that was just made. */
export function firstDestination(state: MemoryState, routing: RoutingRow, { place, keys }: Edit): void {
  const credentialId = keys === null ? null : addCredential(state, routing, keys);
  const fate = { isAdopted: true, isDropped: false };
  state.destinations.push({ ...place, routingId: routing.id, version: 1, credentialId, ...fate });
}

/**
 * As lib/services/routing/new-destination-version: in use at once where nobody has started, else a candidate in the
 * place of an earlier one. Answers whether it is in use; it keeps the credential there is unless keys are given.
 */
export function newDestination(state: MemoryState, routing: RoutingRow, { place, keys }: Edit): boolean {
  const base = candidateOf(state, routing.id) ?? presentDestination(state, routing);
  const credentialId = keys === null ? base.credentialId : addCredential(state, routing, keys);
  const isAdopted = isUnstarted(routing.lifecycle) || credentialId === null;
  dropCandidate(state, routing.id);
  const version = state.destinations.filter(({ routingId }) => routingId === routing.id).length + 1;
  const fate = { isAdopted, isDropped: false };
  state.destinations.push({ ...place, routingId: routing.id, version, credentialId, ...fate });
  if (isAdopted) routing.destinationVersion = version;
  return isAdopted;
}

/** As adopt_destination in Postgres: what a passed check does. False, with nothing changed, for what is no candidate. */
export function adoptDestination(
  state: MemoryState,
  { routingId, version }: { readonly routingId: string; readonly version: number },
): boolean {
  const routing = routingOf(state, routingId);
  const candidate = candidateOf(state, routingId);
  if (!takesAccess(routing.lifecycle)) return false;
  if (candidate?.version !== version || candidate.credentialId === null) return false;
  if (rowOf(state.credentials, candidate.credentialId).isErased) return false;
  candidate.isAdopted = true;
  routing.destinationVersion = version;
  routing.version += 1;
  fenceLanes(state, routing, { clearHold: true, opensLanes: false });
  return true;
}

/** The changed destination that waits for its check beside the one in use. */
export function candidateOf(state: MemoryState, routingId: string): DestinationRow | undefined {
  return state.destinations.find((row) => row.routingId === routingId && !row.isAdopted && !row.isDropped);
}

export function dropCandidate(state: MemoryState, routingId: string): void {
  const candidate = candidateOf(state, routingId);
  if (candidate !== undefined) candidate.isDropped = true;
}

function addCredential(state: MemoryState, { id: routingId }: RoutingRow, keys: MemoryKeys): string {
  const id = nextUuid(state);
  const others = [...state.credentials.values()].filter((other) => other.routingId === routingId);
  state.credentials.set(id, { ...keys, id, routingId, version: others.length + 1, isErased: false });
  return id;
}
