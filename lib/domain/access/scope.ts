import type { Actor } from './actor';

/** Whether rows of an organization exist for this actor; to everybody else they answer NOT_FOUND. */
export function canSeeOrganization(actor: Pick<Actor, 'organizationId'>, organizationId: string): boolean {
  return actor.organizationId === null || actor.organizationId === organizationId;
}

/** The same as a filter: empty for the vendor's people, one organization for a customer's. */
export function organizationScope(actor: Pick<Actor, 'organizationId'>): { organizationId?: string } {
  return actor.organizationId === null ? {} : { organizationId: actor.organizationId };
}
