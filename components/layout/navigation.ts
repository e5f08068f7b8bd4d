import type { Actor } from '@/lib/domain/access/actor';
import { mayDo } from '@/lib/domain/access/permissions';

export interface NavigationItem {
  readonly href: string;
  readonly label: string;
  readonly icon: 'routings' | 'organizations' | 'account';
}

/** What stands in the rail for this person: their role changes the items, never where an item leads. */
export function navigationFor(actor: Pick<Actor, 'role' | 'organizationId'>): readonly NavigationItem[] {
  return [
    { href: '/routings', label: 'Routings', icon: 'routings' },
    ...organizationItems(actor),
    { href: '/account', label: 'Account', icon: 'account' },
  ];
}

function organizationItems(actor: Pick<Actor, 'role' | 'organizationId'>): NavigationItem[] {
  if (!mayDo(actor.role, 'api-key.manage')) return [];
  return actor.organizationId === null
    ? [{ href: '/organizations', label: 'Organizations', icon: 'organizations' }]
    : [{ href: `/organizations/${actor.organizationId}`, label: 'Organization', icon: 'organizations' }];
}
