import { isUnstarted } from '@/lib/domain/routing/label';
import type { Lifecycle } from '@/lib/domain/routing/state';

/** Why a comparison ended that nobody can carry on. */
export const ARCHIVED_CAUSE = 'routing_archived';

/** Why a routing cannot be compared with its bucket; null when it can, also once it is disabled. */
export function comparisonRefusal({ lifecycle }: { readonly lifecycle: Lifecycle }): string | null {
  if (lifecycle === 'archived')
    return 'This routing is archived and its credentials are destroyed: nobody can look into its bucket any more.';
  if (isUnstarted(lifecycle)) return 'This routing has not been started: there is nothing to compare yet.';
  return null;
}
