import type { HourState } from '@/lib/domain/hour/view';
import { HOUR_DISPLAY } from './hour-display';
import { HourMark } from './hour-mark';

const ORDER: readonly HourState[] = [
  'complete',
  'late',
  'open',
  'missing',
  'gap',
  'quiet',
  'held',
  'unknown',
];

/** What the signs of the calendar mean. */
export function HourLegend() {
  return (
    <ul aria-label="Legend" className="flex flex-wrap gap-x-4 gap-y-1 text-muted text-sm">
      {ORDER.map((state) => (
        <li key={state} className="flex items-center gap-1">
          <HourMark state={state} />
          {HOUR_DISPLAY[state].word}
        </li>
      ))}
    </ul>
  );
}
