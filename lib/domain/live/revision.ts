import type { RoutingView } from '@/lib/domain/routing/view';

type Parts = Pick<RoutingView, 'id' | 'version' | 'label' | 'stateSince' | 'healthCause' | 'lastFile'>;

/**
 * A short text that is another one once something about these routings changed that a page shows beside its moving
 * figures: 32-bit FNV-1a over ids, versions and states in their order. The last file counts for a page about one
 * routing, which lists files; a list of many busy ones would be rendered anew all the time.
 */
export function revisionOf(routings: readonly Parts[]): string {
  const isOne = routings.length === 1;
  const text = routings
    .map(({ id, version, label, stateSince, healthCause, lastFile }) =>
      [id, version, label, stateSince, healthCause, isOne ? lastFile?.id : ''].join(' '),
    )
    .join('\n');
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}
