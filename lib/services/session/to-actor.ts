import { type Actor, roleSchema } from '@/lib/domain/access/actor';

/** A person as sessions and API tokens find them in the database. */
export interface ActorRow {
  readonly user_id: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly organization_id: string | null;
  /** Whether "last seen" is old enough to be written again; once a minute is exact enough. */
  readonly is_stale: boolean;
}

/** Who acts, with the role of today. */
export function toActor(kind: Actor['kind'], row: ActorRow): Actor {
  return {
    kind,
    userId: row.user_id,
    name: row.name,
    email: row.email,
    role: roleSchema.parse(row.role),
    organizationId: row.organization_id,
  };
}
