import { AppError } from '@/lib/domain/errors';
import type { DestinationRow, MemoryState, RoutingRow } from './memory-state';

/** Throws NOT_FOUND. */
export function routingOf(state: MemoryState, routingId: string): RoutingRow {
  const routing = state.routings.get(routingId);
  if (routing === undefined) throw new AppError('NOT_FOUND', 'There is no such routing.');
  return routing;
}

export function presentDestination(state: MemoryState, routing: RoutingRow): DestinationRow {
  const place = state.destinations.find(
    ({ routingId, version }) => routingId === routing.id && version === routing.destinationVersion,
  );
  if (place === undefined) throw new AppError('INTERNAL', 'A routing has no destination version.');
  return place;
}
