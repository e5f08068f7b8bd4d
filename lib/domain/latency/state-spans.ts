import type { RoutingLabel } from '@/lib/domain/routing/label';
import type { StateSpan } from './view';

/** A change of a routing's label. */
export interface LabelChange {
  readonly atMs: number;
  readonly from: RoutingLabel;
  readonly to: RoutingLabel;
}

/**
 * The labels of a routing over [fromMs, toMs), from its changes within it, oldest first. `first` is the label when the
 * range, or the routing, began; nothing is said about the time before the routing.
 */
export function stateSpans(
  changes: readonly LabelChange[],
  range: { readonly fromMs: number; readonly toMs: number; readonly first: RoutingLabel },
): StateSpan[] {
  const spans: StateSpan[] = [];
  let { fromMs: sinceMs, first: label } = range;
  const close = (atMs: number) => {
    if (atMs <= sinceMs) return;
    spans.push({ from: new Date(sinceMs).toISOString(), to: new Date(atMs).toISOString(), label });
  };
  for (const change of changes) {
    if (change.to === label) continue;
    close(change.atMs);
    sinceMs = Math.max(sinceMs, change.atMs);
    label = change.to;
  }
  close(range.toMs);
  return spans;
}
