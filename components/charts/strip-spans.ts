import type { StateSpan } from '@/lib/domain/latency/view';
import type { RoutingLabel } from '@/lib/domain/routing/label';

export interface StripSpan {
  readonly label: RoutingLabel;
  readonly fromMs: number;
  readonly toMs: number;
  readonly leftPercent: number;
  readonly widthPercent: number;
}

/** The spans as far as they lie in what is shown, oldest first. */
export function stripSpans(states: readonly StateSpan[], fromMs: number, toMs: number): readonly StripSpan[] {
  const percent = (ms: number) => (ms / (toMs - fromMs)) * 100;
  return states.flatMap(({ from, to, label }) => {
    const startMs = Math.max(fromMs, Date.parse(from));
    const endMs = Math.min(toMs, Date.parse(to));
    if (endMs <= startMs) return [];
    const place = { leftPercent: percent(startMs - fromMs), widthPercent: percent(endMs - startMs) };
    return [{ label, fromMs: startMs, toMs: endMs, ...place }];
  });
}

/** How long each status lasted in all, longest first. */
export function stripTotals(
  spans: readonly StripSpan[],
): readonly { readonly label: RoutingLabel; readonly ms: number }[] {
  const totals = new Map<RoutingLabel, number>();
  for (const { label, fromMs, toMs } of spans) totals.set(label, (totals.get(label) ?? 0) + toMs - fromMs);
  return [...totals].map(([label, ms]) => ({ label, ms })).sort((a, b) => b.ms - a.ms);
}
