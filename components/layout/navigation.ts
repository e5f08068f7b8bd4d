import type { Actor, Role } from '@/lib/domain/access/actor';
import { mayDo } from '@/lib/domain/access/permissions';
import { defaultView } from '@/lib/domain/routing/list-views';

export interface NavigationItem {
  readonly href: string;
  readonly label: string;
  readonly icon: 'routings' | 'organizations' | 'audit' | 'system' | 'account';
}

const AUDIT: NavigationItem = { href: '/audit', label: 'Audit', icon: 'audit' };
const SYSTEM: NavigationItem = { href: '/system', label: 'System', icon: 'system' };

/** What stands in the rail for this person: their role changes the items, never where an item leads. */
export function navigationFor(actor: Pick<Actor, 'role' | 'organizationId'>): readonly NavigationItem[] {
  return [
    { href: '/routings', label: 'Routings', icon: 'routings' },
    ...organizationItems(actor),
    ...recordItems(actor),
    { href: '/account', label: 'Account', icon: 'account' },
  ];
}

function organizationItems(actor: Pick<Actor, 'role' | 'organizationId'>): NavigationItem[] {
  if (!mayDo(actor.role, 'api-key.manage')) return [];
  return actor.organizationId === null
    ? [{ href: '/organizations', label: 'Organizations', icon: 'organizations' }]
    : [{ href: `/organizations/${actor.organizationId}`, label: 'Organization', icon: 'organizations' }];
}

/** Ops come for the system first. Technical services read their own acts where they work: on the routing. */
function recordItems({ role }: Pick<Actor, 'role'>): NavigationItem[] {
  if (role === 'ops') return [SYSTEM, AUDIT];
  if (role === 'technical_services') return [];
  return [...(mayDo(role, 'audit.read') ? [AUDIT] : []), ...(mayDo(role, 'system.see') ? [SYSTEM] : [])];
}

/** Where signing in leads: to what waits for this role. A customer with one routing is led on to it. */
export function landingFor(role: Role): string {
  return `/routings?view=${defaultView(role)}`;
}
