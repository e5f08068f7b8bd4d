import { AppError } from '@/lib/domain/errors';
import { hasEnded, takesAccess } from '@/lib/domain/routing/transition';
import type { LockedRouting } from './lock';

/** Throws CONFLICT when the routing is no longer the version that the editor saw, PRECONDITION when it has ended. */
export function requireEditable(
  routing: Pick<LockedRouting, 'version' | 'lifecycle'>,
  version: number,
  what: 'settings' | 'access' = 'settings',
): void {
  if (routing.version !== version) {
    throw new AppError(
      'CONFLICT',
      'Somebody else changed this routing while you were editing. Reload to see it as it is now; nothing of yours was saved.',
    );
  }
  const isOver = what === 'access' ? !takesAccess(routing.lifecycle) : hasEnded(routing.lifecycle);
  if (isOver) {
    throw new AppError('PRECONDITION', 'This routing has ended and can no longer be changed.');
  }
}
