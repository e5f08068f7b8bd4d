import { HourMark } from './hour-mark';
import { hourTotals, type LatestHour } from './latest-hours';

/** What the signs mean, and how many hours there are of each. */
export function HourTotals({ hours }: { readonly hours: readonly LatestHour[] }) {
  return (
    <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-muted text-sm tabular-nums">
      {hourTotals(hours).map(({ state, text }) => (
        <li key={state} className="flex items-center gap-1">
          <HourMark state={state} />
          {text}
        </li>
      ))}
    </ul>
  );
}
