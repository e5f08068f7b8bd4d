'use client';

import { HOUR_DISPLAY } from '@/components/hours/hour-display';
import { HourMark } from '@/components/hours/hour-mark';
import { HourTotals } from '@/components/hours/hour-totals';
import type { LatestHour } from '@/components/hours/latest-hours';
import { useTimeFormat } from '@/components/time/time-zone-provider';

/** One sign an hour, oldest first, and how many there are of each. */
export function SharedHours({ hours }: { readonly hours: readonly LatestHour[] }) {
  const time = useTimeFormat();
  return (
    <section className="rounded-card border border-border bg-surface p-4 sm:p-6">
      <h2 className="mb-3 font-semibold text-md">Last 24 hours</h2>
      <ol aria-label="Hours" className="grid grid-cols-8 gap-y-2 sm:grid-cols-12">
        {hours.map(({ hour, state }) => {
          const at = new Date(hour);
          return (
            <li
              key={hour}
              title={`${time.minute(at, at)}: ${HOUR_DISPLAY[state].word}`}
              className="flex flex-col items-center gap-1 py-1 text-muted text-xs tabular-nums"
            >
              <HourMark state={state} />
              {time.hourMinute(at).slice(0, 2)}
              <span className="sr-only">{HOUR_DISPLAY[state].word}</span>
            </li>
          );
        })}
      </ol>
      <HourTotals hours={hours} />
    </section>
  );
}
