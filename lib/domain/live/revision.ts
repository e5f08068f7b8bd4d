import type { RoutingView } from '@/lib/domain/routing/view';
import { fingerprint } from './fingerprint';

type Parts = Pick<
  RoutingView,
  'id' | 'version' | 'label' | 'stateSince' | 'healthCause' | 'drainUntil' | 'lastFile'
>;

/**
 * A short text that is another one once something about these routings changed that a page shows beside its moving
 * figures, from ids, versions and states in their order. The last file counts for a page about one
 * routing, which lists files; a list of many busy ones would be rendered anew all the time.
 */
export function revisionOf(routings: readonly Parts[]): string {
  const isOne = routings.length === 1;
  const text = routings
    .map(({ id, version, label, stateSince, healthCause, drainUntil, lastFile }) =>
      [id, version, label, stateSince, healthCause, drainUntil, isOne ? lastFile?.id : ''].join(' '),
    )
    .join('\n');
  return fingerprint(text);
}
