import type { Role } from './actor';

const EVERYBODY: readonly Role[] = [
  'admin',
  'technical_services',
  'ops',
  'customer_admin',
  'customer_viewer',
];
const DESIGNERS: readonly Role[] = ['admin', 'technical_services'];
const OWNERS: readonly Role[] = ['admin', 'technical_services', 'customer_admin'];
const OPERATORS: readonly Role[] = ['admin', 'ops'];
/** Of what loses data, or cannot be undone. */
const ENDERS: readonly Role[] = ['admin', 'customer_admin'];
const KEEPERS: readonly Role[] = ['admin', 'technical_services', 'ops', 'customer_admin'];

/** Which roles may do what. Customer roles may do it in their own organization only: that is scope, not permission. */
const ROLES_BY_VERB = {
  'routing.see': EVERYBODY,
  'routing.create': DESIGNERS,
  'routing.edit-draft': DESIGNERS,
  'routing.start': OWNERS,
  'routing.pause': KEEPERS,
  'routing.resume': KEEPERS,
  'routing.disable': ENDERS,
  'routing.archive': ENDERS,
  'routing.retention': ENDERS,
  'routing.reconcile': KEEPERS,
  'routing.replay': ['admin', 'ops', 'customer_admin'],
  'routing.release': ['admin', 'ops', 'customer_admin'],
  'destination.change': OWNERS,
  'access.enter': OWNERS,
  'access.check': KEEPERS,
  'hand-over.manage': OWNERS,
  /** Contents are the customer's: the vendor's people see files, counts and names of fields. */
  'event-lines.read': ['customer_admin', 'customer_viewer'],
  'share-link.manage': ['customer_admin'],
  'contact.see': KEEPERS,
  'contact.manage': OWNERS,
  'organization.create': DESIGNERS,
  'workspace.create': DESIGNERS,
  'api-key.manage': OWNERS,
  'people.see': OWNERS,
  'api-token.manage': KEEPERS,
  'audit.read': KEEPERS,
  'system.see': OPERATORS,
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof ROLES_BY_VERB;
export const PERMISSIONS = Object.keys(ROLES_BY_VERB) as readonly Permission[];

/** Whether a role may do a verb at all. The screen hides what it may not; the server refuses it regardless. */
export function mayDo(role: Role, verb: Permission): boolean {
  return (ROLES_BY_VERB[verb] as readonly Role[]).includes(role);
}
