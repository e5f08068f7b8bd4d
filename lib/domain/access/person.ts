import type { Role } from './actor';

/** Somebody of an organization. Instants are RFC 3339 strings in UTC. */
export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** The last request, or what was done last; null for who never signed in. */
  readonly lastSeenAt: string | null;
  readonly isDisabled: boolean;
}
