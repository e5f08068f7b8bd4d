import type { Role } from '@/lib/domain/access/actor';
import { mayDo } from '@/lib/domain/access/permissions';
import type { RoutingLabel } from '@/lib/domain/routing/label';
import type { Lifecycle } from '@/lib/domain/routing/state';
import type { RoutingWish } from '@/lib/domain/routing/transition';

/** What the status reads from the click until the server has answered. */
export const WISH_LABEL: Readonly<Record<RoutingWish, RoutingLabel>> = {
  start: 'starting',
  pause: 'pausing',
  resume: 'resuming',
};

/** The one wish that a button offers in this state; none while it would mean nothing. */
export function offeredWish(lifecycle: Lifecycle): RoutingWish | null {
  switch (lifecycle) {
    case 'verified':
      return 'start';
    case 'starting':
    case 'active':
    case 'resuming':
      return 'pause';
    case 'pausing':
    case 'paused':
      return 'resume';
    // Its access has to pass a check first.
    case 'draft':
    case 'awaiting_customer':
    case 'verifying':
    case 'verification_failed':
    case 'draining':
    case 'disabled':
    case 'archived':
      return null;
  }
}

/** The wishes that a role may have at all. */
export function allowedWishes(role: Role): readonly RoutingWish[] {
  return (['start', 'pause', 'resume'] as const).filter((wish) => mayDo(role, `routing.${wish}`));
}
