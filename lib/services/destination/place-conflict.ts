export interface RoutingPlace {
  readonly organizationId: string;
  readonly routingId: string;
  readonly endpoint: string;
  readonly bucket: string;
  /** Empty, or ending in a slash. */
  readonly prefix: string;
}

/** What `find_place_conflict` and `reserve_place` of the database answer when a place is another routing's. */
export interface PlaceConflict {
  readonly is_own: boolean;
  readonly routing_name: string;
}

/** The name of the routing that has the place, for its own organization; null where nothing may be said. */
export function takenByOf(conflict: PlaceConflict): string | null {
  return conflict.is_own ? conflict.routing_name : null;
}
