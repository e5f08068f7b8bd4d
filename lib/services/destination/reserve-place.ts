import type { SqlClient } from '@/lib/platform/sql';
import { type PlaceConflict, type RoutingPlace, takenByOf } from './place-conflict';

/** Null where nobody else has the place; `takenBy` names a routing of the same organization only. */
export type TakenPlace = { readonly takenBy: string | null } | null;

const FIND = 'SELECT * FROM find_place_conflict($1, $2, $3, $4, $5)';
const RESERVE = 'SELECT * FROM reserve_place($1, $2, $3, $4, $5)';

/** Looks whether another routing's proven place would mix with this one. */
export function findTakenPlace(sql: Pick<SqlClient, 'query'>, place: RoutingPlace): Promise<TakenPlace> {
  return ask(sql, FIND, place);
}

/** Keeps a proven place for its routing, unless it is another's. Within a transaction that has locked the routing. */
export function reservePlace(client: SqlClient, place: RoutingPlace): Promise<TakenPlace> {
  return ask(client, RESERVE, place);
}

async function ask(
  sql: Pick<SqlClient, 'query'>,
  text: string,
  { organizationId, routingId, endpoint, bucket, prefix }: RoutingPlace,
): Promise<TakenPlace> {
  const { rows } = await sql.query<PlaceConflict>(text, [
    organizationId,
    routingId,
    endpoint,
    bucket,
    prefix,
  ]);
  const conflict = rows[0];
  return conflict === undefined ? null : { takenBy: takenByOf(conflict) };
}
