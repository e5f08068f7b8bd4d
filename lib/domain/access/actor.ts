import { z } from 'zod';

/** The first three are the vendor's people; the customer roles belong to one organization each. */
export const roleSchema = z.enum(['admin', 'technical_services', 'ops', 'customer_admin', 'customer_viewer']);
export type Role = z.infer<typeof roleSchema>;

/** Who asks for a verb: a signed-in person, or an API token that acts with its owner's present role. */
export interface Actor {
  readonly kind: 'user' | 'api_token';
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** The one organization of a customer role; null for the vendor's people, who see all. */
  readonly organizationId: string | null;
}

/** Who stands in audit and history rows: an actor, or whoever holds the hand-over link of this id. */
export interface RecordedActor {
  readonly kind: Actor['kind'] | 'hand_over_link';
  readonly userId: string;
}

/** `user:<id>`, `api_token:<id of its owner>` or `hand_over_link:<id of the link>`. */
export function actorRef(actor: RecordedActor): string {
  return `${actor.kind}:${actor.userId}`;
}
